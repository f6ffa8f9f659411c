<?php

declare(strict_types=1);

preg_match_all('/[a-z]+/', strtolower(stream_get_contents(STDIN)), $found);
$counts = array_count_values($found[0]);

// By count, the highest first; words of the same count by the alphabet.
uksort($counts, fn (string $a, string $b): int => [$counts[$b], $a] <=> [$counts[$a], $b]);
foreach (array_slice($counts, 0, 5) as $word => $count) {
    printf("%3d %s\n", $count, $word);
}
