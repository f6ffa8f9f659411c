my $size = 8;

# All ways to go on when the queens of the rows above stand in these columns.
sub place(@columns) {
    my $row = @columns.elems;
    if $row == $size {
        take @columns;
        return;
    }
    for ^$size -> $column {
        my $attacked = False;
        for @columns.kv -> $above, $other {
            my $apart = abs($column - $other);
            if $apart == 0 || $apart == $row - $above {
                $attacked = True;
                last;
            }
        }
        place([|@columns, $column]) unless $attacked;
    }
}

my @solutions = gather place([]);
for @solutions[0].list -> $queen {
    say (^$size).map({ $_ == $queen ?? "Q" !! "." }).join(" ");
}
say "@solutions.elems() solutions";
