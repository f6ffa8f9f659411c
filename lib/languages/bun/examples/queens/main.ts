const SIZE = 8;

/** All ways to go on when the queens of the rows above stand in these columns. */
function* place(row: number, columns: number[]): Generator<number[]> {
  if (row === SIZE) {
    yield columns;
    return;
  }
  for (let column = 0; column < SIZE; column++) {
    const free = columns.every(
      (other, above) => column !== other && Math.abs(column - other) !== row - above,
    );
    if (free) yield* place(row + 1, [...columns, column]);
  }
}

const solutions = [...place(0, [])];
for (const column of solutions[0] ?? []) {
  console.log(Array.from({ length: SIZE }, (_, at) => (at === column ? "Q" : ".")).join(" "));
}
console.log(`${solutions.length} solutions`);
