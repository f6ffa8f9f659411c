import { setTimeout as sleep } from "node:timers/promises";
import { printTimes, type Series, writeJson } from "./figures";
import { memoryLine, memoryMb } from "./memory";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { startServer } from "./server";
import { comparedTargets, type Target } from "./targets";

const CODE = "print(2+2)";
const EXPECTED = "4\n";
/** Between two measurements, so that the clean-up of one does not slow down the next. */
const PAUSE_MS = 600;

/** One program at a time, all targets in each round, so that changes in the machine's speed affect all of them alike. */
async function measure(targets: readonly Target[], rounds: number): Promise<Series[]> {
  const series = targets.map(({ name }) => ({ name, timesMs: [] as number[], errors: 0 }));
  for (let round = -3; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const row = series[index];
      const started = performance.now();
      const right = await target.run(CODE).then(
        (output) => output === EXPECTED,
        () => false,
      );
      const timeMs = performance.now() - started;
      // The first rounds are not measured.
      if (row && round >= 0) {
        if (right) row.timesMs.push(timeMs);
        else row.errors++;
      }
      await sleep(PAUSE_MS);
    }
  }
  return series;
}

const options = readOptions({ rounds: 40 });
const server = await startServer();
try {
  await server.settled();
  const busy = await requireQuiet(options.busyOk);
  const targets = await comparedTargets(server, options.targets);
  const series = await measure(targets, options.rounds);
  const summaries = printTimes(`Python ${CODE}, one at a time, ms`, series);
  const [floor, own, slow] = summaries;
  if (floor && own && slow) {
    console.log(
      `\n  Quicksand / bare host: p50 ${(own.p50Ms / floor.p50Ms).toFixed(2)} x, p95 ${(own.p95Ms / floor.p95Ms).toFixed(2)} x` +
        `   new container / Quicksand: p50 ${(slow.p50Ms / own.p50Ms).toFixed(1)} x`,
    );
  }
  console.log(`  ${memoryLine(server.pid)}`);
  writeJson(options.json, "latency", { memory: memoryMb(server.pid), busy, summaries });
} finally {
  await server.close();
}
