use v5.36;

my %count;
while (<STDIN>) {
    $count{ lc $1 }++ while /([a-z]+)/gi;
}

my @words = sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
printf "%3d %s\n", $count{$_}, $_ for @words[ 0 .. 4 ];
