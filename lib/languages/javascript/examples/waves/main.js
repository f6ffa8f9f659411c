const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { crc32, deflateSync } = require("node:zlib");

const WIDTH = 240;
const HEIGHT = 120;
const WAVES = [
  [1, [36, 86, 200]],
  [2, [191, 43, 43]],
  [3, [27, 117, 70]],
];

// Each row of a PNG begins with a byte that says how it is packed: 0 is not at all.
const ROW = 1 + WIDTH * 3;
const rows = Buffer.alloc(HEIGHT * ROW, 255);
for (let y = 0; y < HEIGHT; y++) rows[y * ROW] = 0;

function paint(x, y, colour) {
  rows.set(colour, Math.floor(y) * ROW + 1 + x * 3);
}

for (let x = 0; x < WIDTH; x++) {
  paint(x, HEIGHT / 2, [200, 200, 200]);
  for (const [waves, colour] of WAVES) {
    const y = HEIGHT / 2 - (Math.sin((x / WIDTH) * 2 * Math.PI * waves) * HEIGHT * 0.4) / waves;
    paint(x, y, colour);
    paint(x, y + 1, colour);
  }
}

/** A part of a PNG file. */
function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

const head = Buffer.alloc(13);
head.writeUInt32BE(WIDTH, 0);
head.writeUInt32BE(HEIGHT, 4);
head.set([8, 2], 8);
const png = [
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  chunk("IHDR", head),
  chunk("IDAT", deflateSync(rows)),
  chunk("IEND", Buffer.alloc(0)),
];
writeFileSync(join(process.env.OUTPUT_DIR ?? ".", "waves.png"), Buffer.concat(png));
console.log(`waves.png: ${WIDTH} x ${HEIGHT} points`);
