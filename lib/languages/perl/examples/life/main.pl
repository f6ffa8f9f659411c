use v5.36;

my ( $height, $width, $steps ) = ( 6, 12, 4 );
my %alive = map { $_ => 1 } "0,1", "1,2", "2,0", "2,1", "2,2";

# The next generation. The world has no edge: it goes on at the other side.
sub step (%alive) {
    my %neighbours;
    for my $place ( keys %alive ) {
        my ( $y, $x ) = split /,/, $place;
        for my $dy ( -1 .. 1 ) {
            for my $dx ( -1 .. 1 ) {
                next if $dy == 0 && $dx == 0;
                $neighbours{ join ",", ( $y + $dy ) % $height, ( $x + $dx ) % $width }++;
            }
        }
    }
    my @next = grep { $neighbours{$_} == 3 || ( $neighbours{$_} == 2 && $alive{$_} ) } keys %neighbours;
    return map { $_ => 1 } @next;
}

for my $number ( 0 .. $steps ) {
    say "Step $number";
    for my $y ( 0 .. $height - 1 ) {
        say join "", map { $alive{"$y,$_"} ? "#" : "." } 0 .. $width - 1;
    }
    %alive = step(%alive);
}
