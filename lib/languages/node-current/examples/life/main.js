const HEIGHT = 6;
const WIDTH = 12;
const STEPS = 4;

/** The next generation. The world has no edge: it goes on at the other side. */
function step(world) {
  const alive = (y, x) => world[(y + HEIGHT) % HEIGHT][(x + WIDTH) % WIDTH];
  return world.map((row, y) =>
    row.map((self, x) => {
      let neighbours = 0;
      for (const dy of [-1, 0, 1]) {
        for (const dx of [-1, 0, 1]) if ((dy || dx) && alive(y + dy, x + dx)) neighbours++;
      }
      return neighbours === 3 || (self && neighbours === 2);
    }),
  );
}

const glider = [".#..........", "..#.........", "###........."];
let world = Array.from({ length: HEIGHT }, (_, y) =>
  Array.from({ length: WIDTH }, (_, x) => glider[y]?.[x] === "#"),
);
for (let number = 0; number <= STEPS; number++) {
  console.log(`Step ${number}`);
  for (const row of world) console.log(row.map((alive) => (alive ? "#" : ".")).join(""));
  world = step(world);
}
