sub greet(Str $name) { "Hello, $name!" }

for lines() -> $name {
    say greet($name);
    say "Backwards: $name.flip()";

    # A bag counts what is put into it.
    my $letters = $name.lc.comb.Bag;
    say "Letters: ", $letters.sort(*.key).map({ .key ~ .value }).join(" ");
}
