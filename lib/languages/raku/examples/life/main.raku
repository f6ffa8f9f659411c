my ($height, $width) = 6, 12;

# The eight places around one. The world has no edge: it goes on at the other side.
sub around($place) {
    my ($y, $x) = $place.split(",");
    gather for -1, 0, 1 -> $dy {
        for -1, 0, 1 -> $dx {
            take "{ ($y + $dy) % $height },{ ($x + $dx) % $width }" unless $dy == 0 && $dx == 0;
        }
    }
}

# The next generation: a bag counts how often each place is a neighbour of one that lives.
sub step($alive) {
    my $neighbours = $alive.keys.map({ |around($_) }).Bag;
    $neighbours.pairs.grep({ .value == 3 || .value == 2 && $alive{.key} }).map(*.key).Set
}

my $alive = Set.new("0,1", "1,2", "2,0", "2,1", "2,2");
for 0..4 -> $number {
    say "Step $number";
    for ^$height -> $y {
        say (^$width).map(-> $x { $alive{"$y,$x"} ?? "#" !! "." }).join;
    }
    $alive = step($alive);
}
