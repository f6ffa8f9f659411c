use v5.36;

sub greet ($name) {
    return "Hello, $name!";
}

while ( my $name = <STDIN> ) {
    chomp $name;
    say greet($name);
    say "Backwards: ", scalar reverse $name;

    my %letters;
    $letters{$_}++ for split //, lc $name;
    say "Letters: ", join " ", map { $_ . $letters{$_} } sort keys %letters;
}
