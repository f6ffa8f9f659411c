import { setTimeout as sleep } from "node:timers/promises";
import { percentile, printTimes, type Series, writeJson } from "./figures";
import { memoryLine, memoryMb } from "./memory";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { startServer } from "./server";
import { comparedTargets, type Target } from "./targets";

const CODE = "print(2+2)";

/** How long it takes until the last of `size` programs, all asked for at once, is answered. */
async function burst(target: Target, size: number): Promise<{ timeMs: number; errors: number }> {
  const started = performance.now();
  const outputs = await Promise.all(Array.from({ length: size }, () => target.run(CODE).catch(() => "")));
  return { timeMs: performance.now() - started, errors: outputs.filter((output) => output !== "4\n").length };
}

const options = readOptions({ rounds: 10, concurrency: 16 });
const size = options.concurrency;
// As many warm sandboxes as the burst, all for one language: this measures the burst, not the refilling of the pool. With fewer (`--warm`) most runs
// wait for their turn, and with `auto` have a cell.
const server = await startServer({
  QUICKSAND_LANGUAGES: "python",
  QUICKSAND_WARM: String(options.warm),
  QUICKSAND_CONCURRENCY: String(options.warm),
});
try {
  const warm = await server.settled();
  const busy = await requireQuiet(options.busyOk);
  const had = { container: 0, cell: 0 };
  let measured = false;
  const targets = await comparedTargets(server, options.targets, ({ isolation }) => {
    if (measured) had[isolation]++;
  });
  const series: Series[] = targets.map(({ name }) => ({ name, timesMs: [], errors: 0 }));
  // The first rounds are not measured: a new server is still compiling its own code.
  for (let round = -3; round < options.rounds; round++) {
    measured = round >= 0;
    for (const [index, target] of targets.entries()) {
      const { timeMs, errors } = await burst(target, size);
      const row = series[index];
      if (row && measured) {
        row.timesMs.push(timeMs);
        row.errors += errors;
      }
      await sleep(500);
      await server.settled();
    }
  }
  const summaries = printTimes(
    `${size} programs at once, ${warm} sandboxes warm: ms until the last is answered`,
    series,
  );
  const ratio = percentile(series[1]?.timesMs ?? [], 0.5) / percentile(series[0]?.timesMs ?? [], 0.5);
  console.log(`\n  Quicksand / bare host: ${ratio.toFixed(2)} x`);
  console.log(`  Runs (HTTP): ${had.container} in containers, ${had.cell} in cells`);
  console.log(`  ${memoryLine(server.pid)}`);
  writeJson(options.json, "burst", { memory: memoryMb(server.pid), busy, size, warm, had, summaries });
} finally {
  await server.close();
}
