<?php

declare(strict_types=1);

const SIZE = 8;

/** All ways to go on when the queens of the rows above stand in these columns. */
function place(array $columns = []): Generator
{
    $row = count($columns);
    if ($row === SIZE) {
        yield $columns;
        return;
    }
    for ($column = 0; $column < SIZE; $column++) {
        $free = array_all(
            $columns,
            fn (int $other, int $above): bool => $column !== $other && abs($column - $other) !== $row - $above,
        );
        if ($free) {
            yield from place([...$columns, $column]);
        }
    }
}

$solutions = iterator_to_array(place(), preserve_keys: false);
foreach ($solutions[0] as $column) {
    echo implode(" ", array_map(fn (int $at): string => $at === $column ? "Q" : ".", range(0, SIZE - 1))), "\n";
}
echo count($solutions), " solutions\n";
