const SIZE = 8;

/** All ways to go on when the queens of the rows above stand in these columns. */
function* place(columns) {
  const row = columns.length;
  if (row === SIZE) {
    yield columns;
    return;
  }
  for (let column = 0; column < SIZE; column++) {
    const free = columns.every((other, above) => column !== other && Math.abs(column - other) !== row - above);
    if (free) yield* place([...columns, column]);
  }
}

// Iterators have the methods of arrays, and make only what is asked for.
const [first] = place([]).take(1);
for (const column of first) {
  console.log(Array.from({ length: SIZE }, (_, at) => (at === column ? "Q" : ".")).join(" "));
}
console.log(`${place([]).reduce((count) => count + 1, 0)} solutions`);
