import assert from "node:assert/strict";
import { test } from "node:test";
import { createCatalogue } from "../languages/catalogue";
import { createLog } from "../log";
import { RunFigures } from "../metrics";
import type { WorkerNotice } from "../queue/fleet";
import { eventually } from "../queue/testing/queue-fixture";
import { ScriptedSandbox } from "../runs/testing/runs-fixture";
import { Announcer } from "./announcer";

const WELL = { ok: true, warm: 0, running: 0, ready: [], missing: [] };

/** An announcer whose notices are answered when the test says so. */
function announcing() {
  const notices: { notice: WorkerNotice; answer: () => void }[] = [];
  const announcer = new Announcer({
    fleet: {
      announce: (notice) =>
        new Promise((answer) => {
          notices.push({ notice, answer });
        }),
      withdraw: async () => {},
    },
    sandbox: new ScriptedSandbox(),
    askEngine: async () => WELL,
    catalogue: createCatalogue([], []),
    figures: new RunFigures(() => 0),
    isolation: "container",
    concurrency: 1,
    unwritten: () => [],
    onHealth: async () => {},
    pulse: { beat: async () => {} },
    log: createLog("silent"),
  });
  return { announcer, notices };
}

test("however often a worker is to say how it is while Redis is slow, it says so once more", async () => {
  const { announcer, notices } = announcing();
  const first = announcer.now();
  await eventually("it is said", () => notices.length === 1);
  const wanted = Array.from({ length: 100 }, () => announcer.now());
  const drained = announcer.drain();
  notices[0]?.answer();
  await first;
  await eventually("it is said again", () => notices.length === 2);
  assert.equal(notices[1]?.notice.draining, true, "what is said is what holds then");
  notices[1]?.answer();
  await Promise.all([...wanted, drained]);
  await announcer.end();
  assert.equal(notices.length, 2);
});
