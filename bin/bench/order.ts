import { inOrder } from "../../lib/schemas/output-order";
import { writeJson } from "./figures";
import { readOptions } from "./options";
import { startServer } from "./server";

/**
 * How near the order of two pipes is to that in which a program wrote to them: a program writes numbered lines in turns to standard output
 * and standard error, each at once, with pauses or without. It needs no quiet machine: a busy one is what makes the order worse.
 */

const LINES = 400;
const PAUSES_MS = [0, 0.05, 0.2, 1, 5, 20];

/** `os.write` is one system call for a line, as a flushed `print` makes it. */
const program = (pauseMs: number) => `import os, time
for n in range(${LINES}):
    os.write(1 + n % 2, b"%d\\n" % n)
    ${pauseMs === 0 ? "pass" : `time.sleep(${pauseMs / 1000})`}
`;

interface Nearness {
  /** Lines that would have to be moved to bring all into order. */
  moved: number;
  /** The farthest that a line is from its place. */
  farthest: number;
}

function nearness(numbers: readonly number[]): Nearness {
  const farthest = Math.max(...numbers.map((number, place) => Math.abs(number - place)));
  return { moved: numbers.length - longestRising(numbers), farthest };
}

/** Length of the longest rising subsequence. */
function longestRising(numbers: readonly number[]): number {
  const ends: number[] = [];
  for (const number of numbers) {
    const at = ends.findIndex((end) => end >= number);
    ends[at === -1 ? ends.length : at] = number;
  }
  return ends.length;
}

const options = readOptions({ rounds: 10 });
const server = await startServer();
try {
  await server.settled();
  const figures = [];
  console.log(`\n${LINES} lines written in turns to both streams, ${options.rounds} runs each`);
  for (const pauseMs of PAUSES_MS) {
    const all: Nearness[] = [];
    for (let round = 0; round < options.rounds; round++) {
      const { output } = await server.run({ language: "python", code: program(pauseMs) });
      const text = inOrder(output).map((piece) => piece.text);
      const numbers = text.join("").trim().split("\n").map(Number);
      if (numbers.length !== LINES) throw new Error(`Expected ${LINES} lines, got ${numbers.length}`);
      all.push(nearness(numbers));
    }
    const moved = all.reduce((sum, each) => sum + each.moved, 0);
    const percent = (100 * moved) / (LINES * options.rounds);
    const farthest = Math.max(...all.map((each) => each.farthest));
    figures.push({ pauseMs, percent, farthest });
    const pause = pauseMs === 0 ? "no pause" : `${pauseMs} ms between them`;
    console.log(
      `  ${pause.padEnd(24)} ${percent.toFixed(2).padStart(6)} % out of place, at most ${farthest} lines away`,
    );
  }
  writeJson(options.json, "order", { figures });
} finally {
  await server.close();
}
