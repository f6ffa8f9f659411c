import fs from "node:fs";
import { createLog } from "../../log";
import { accept, aResult, aRun } from "../contract/fixtures";
import { openEmbeddedStore } from "../embedded";
import type { Store } from "../index";
import { openMongoStore } from "../mongo";

/**
 * A process that writes until it is killed: `writer.ts OWNER PLACE`. It prints one line for each run whose creation, and one for each whose
 * end the store has acknowledged, and nothing else.
 */
const [owner = "", place = ""] = process.argv.slice(2);
const PARALLEL = 8;

const store: Store = place.startsWith("mongodb:")
  ? openMongoStore({ uri: place, log: createLog("silent"), answerWithinMs: 20_000 })
  : openEmbeddedStore(place);

async function write(): Promise<void> {
  for (;;) {
    const run = aRun({ owner });
    await accept(store, run);
    fs.writeSync(1, `created ${run.id}\n`);
    await store.finishRun(run.id, aResult(run, { message: run.id }));
    fs.writeSync(1, `finished ${run.id}\n`);
    // The embedded store answers within the same turn of the event loop; this lets signals and output through.
    await new Promise(setImmediate);
  }
}

await Promise.all(Array.from({ length: PARALLEL }, write));
