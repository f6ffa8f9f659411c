use v5.36;
use List::Util qw(all);

my $size = 8;

# All ways to go on when the queens of the rows above stand in these columns.
sub place (@columns) {
    my $row = @columns;
    return [@columns] if $row == $size;

    my @solutions;
    for my $column ( 0 .. $size - 1 ) {
        my $free = all {
            my $apart = abs( $columns[$_] - $column );
            $apart != 0 && $apart != $row - $_
        } 0 .. $row - 1;
        push @solutions, place( @columns, $column ) if $free;
    }
    return @solutions;
}

my @solutions = place();
for my $column ( $solutions[0]->@* ) {
    say join " ", map { $_ == $column ? "Q" : "." } 0 .. $size - 1;
}
say scalar @solutions, " solutions";
