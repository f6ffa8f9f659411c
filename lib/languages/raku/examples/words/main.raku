my $count = $*IN.slurp.lc.comb(/<[a..z]>+/).Bag;

# By count, the highest first; words of the same count by the alphabet.
for $count.sort({ -.value, .key }).head(5) -> $pair {
    printf "%3d %s\n", $pair.value, $pair.key;
}
