/**
 * A worker's process: what bin/worker.mjs starts, and what the container's bundle `worker.mjs` is made of. It tells a parent that has an IPC channel
 * `ready` when it takes runs. SIGTERM or SIGINT drains it; a second one hurries.
 */
import { currentEnv } from "../lib/env";
import { createWorker } from "../lib/worker";

// The reader of our output may exit before us.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/** Set by the first signal: the worker then stops as soon as it has started. */
let told = 0;
let stop = () => {};
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    told += 1;
    stop();
  });
}

try {
  const worker = await createWorker(currentEnv());
  worker.log.info({ worker: worker.id }, "worker started");
  stop = () => {
    worker.log.info(
      told === 1 ? "stopping: no more runs are taken" : "stopping at once: running programs are interrupted",
    );
    void worker.close().then(() => {
      worker.log.info("stopped");
      process.exit(0);
    });
  };
  if (told > 0) stop();
  process.send?.("ready", () => process.disconnect?.());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
