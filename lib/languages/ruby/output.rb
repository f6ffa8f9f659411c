# What a program prints is seen while it runs, not when 8 KB have come together.
$stdout.sync = true
