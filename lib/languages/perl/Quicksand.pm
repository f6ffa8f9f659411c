package Quicksand;

# What a program prints is seen while it runs, not when 8 KB have come together.
$| = 1;

1;
