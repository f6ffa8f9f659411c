<?php

declare(strict_types=1);

const STEPS = 4;

/** A world that has no edge: it goes on at the other side. */
final readonly class World
{
    private int $height;
    private int $width;

    /** @param list<string> $rows */
    public function __construct(private array $rows)
    {
        $this->height = count($rows);
        $this->width = strlen($rows[0]);
    }

    public function next(): self
    {
        $rows = [];
        for ($y = 0; $y < $this->height; $y++) {
            $row = "";
            for ($x = 0; $x < $this->width; $x++) {
                $row .= match ($this->neighbours($y, $x)) {
                    2 => $this->rows[$y][$x],
                    3 => "#",
                    default => ".",
                };
            }
            $rows[] = $row;
        }
        return new self($rows);
    }

    private function neighbours(int $y, int $x): int
    {
        $count = 0;
        foreach ([-1, 0, 1] as $dy) {
            $row = $this->rows[($y + $dy + $this->height) % $this->height];
            foreach ([-1, 0, 1] as $dx) {
                if ($dy === 0 && $dx === 0) {
                    continue;
                }
                $count += $row[($x + $dx + $this->width) % $this->width] === "#" ? 1 : 0;
            }
        }
        return $count;
    }

    public function __toString(): string
    {
        return implode("\n", $this->rows) . "\n";
    }
}

$world = new World([".#..........", "..#.........", "###.........", ...array_fill(0, 3, str_repeat(".", 12))]);
for ($number = 0; $number <= STEPS; $number++) {
    echo "Step $number\n", $world;
    $world = $world->next();
}
