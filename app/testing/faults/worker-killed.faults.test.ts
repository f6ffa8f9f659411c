/** A worker is killed at ten points of a run, and started anew: the run is run again, once. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { FleetSite } from "./fleet-site";
import { type KillPoint, WORKER_POINTS } from "./kill-points";
import { noteFault } from "./report";
import { inWords, PATIENCE_MS } from "./site";

let fleet: FleetSite;
before(async () => {
  fleet = await FleetSite.start({ QUICKSAND_LANGUAGES: "python,c", QUICKSAND_WARM: "0" });
  await fleet.startWorker();
  await fleet.isReady();
  await fleet.web.recovered();
});
after(() => fleet?.dispose());

/** A lost worker is noticed after 10 s, for each point. */
const POINTS = process.env.QUICKSAND_TEST_ALL === "1" ? WORKER_POINTS : WORKER_POINTS.filter(inSample);

for (const point of POINTS)
  test(`${point.name}: the run ends as itself, once, and is counted once`, async () => {
    const { web } = fleet;
    const used = await web.used();
    const { id, whole } = await point.reach(web, fleet.toMongo);
    assert.ok(id !== null);
    const before = new Set((await fleet.containers()).map(({ Id }) => Id));
    await fleet.workers.at(-1)?.end("SIGKILL");
    const since = performance.now();
    await fleet.startWorker();
    const end = await web.ended(id);
    const endedMs = performance.now() - since;
    assert.deepEqual([end.status, end.output?.stdout], ["success", whole], end.message ?? "");
    assert.equal((await web.history()).filter((run) => run.id === id).length, 1);
    await eventually(
      "the dead worker's containers are gone",
      async () => (await fleet.containers()).every(({ Id }) => !before.has(Id)),
      PATIENCE_MS,
    );
    await web.assertUsed(used + 1);
    await web.recovered();
    noteFault({
      ...{ kind: "worker killed", fault: `Killed ${point.name}`, recoveredMs: endedMs },
      seen: inWords({ status: 200, word: end.status, message: end.message ?? "" }),
      lost: "nothing; where it had begun, it begins anew at another worker",
    });
  });

function inSample({ name }: KillPoint): boolean {
  return /queue|created|middle|before that is written/.test(name);
}
