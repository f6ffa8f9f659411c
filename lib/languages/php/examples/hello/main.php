<?php

declare(strict_types=1);

function greet(string $name): string
{
    return "Hello, $name!";
}

while (($line = fgets(STDIN)) !== false) {
    $name = trim($line);
    echo greet($name), "\n";
    echo "Backwards: ", strrev($name), "\n";

    $letters = array_count_values(str_split(strtolower($name)));
    ksort($letters);
    echo "Letters:";
    foreach ($letters as $letter => $count) {
        echo " $letter$count";
    }
    echo "\n";
}
