/** Redis goes away, is slow, and comes back with nothing. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BEGIN } from "../../../lib/queue/bullmq/room-scripts";
import { FleetSite } from "./fleet-site";
import { noteFault } from "./report";
import { inWords, PATIENCE_MS } from "./site";

/** Soon is what is promised; the rest is for a busy machine. */
const REFUSED_MS = 5_000;
const lasting = (seconds: number) =>
  `import time\nprint('begun', flush=True)\ntime.sleep(${seconds})\nprint('ended')`;

let fleet: FleetSite;
before(async () => {
  fleet = await FleetSite.start();
  await fleet.startWorker(1);
  await fleet.isReady();
  await fleet.web.recovered();
});
after(() => fleet?.dispose());

test("away: new runs are refused soon, one that runs ends and is kept, one that waited runs or is given back", async () => {
  const { web, redis } = fleet;
  const used = await web.used();
  const run = await web.watch(lasting(3));
  await run.seen(({ type }) => type === "stdout");
  const waiting = await web.watch("print('waited')");
  await redis.kill();
  const refused = await web.run("print(1)");
  assert.deepEqual([refused.status, refused.word], [503, "queue_unavailable"]);
  assert.ok((refused.retryAfterS ?? 0) > 0 && refused.ms < REFUSED_MS, `${Math.round(refused.ms)} ms`);
  assert.equal((await web.ask("GET", "/api/health")).status, 503);
  const end = await web.ended(run.id);
  assert.deepEqual([end.status, end.output?.stdout], ["success", "begun\nended\n"]);
  // With nothing: what waited is lost to the queue.
  await redis.begin();
  const recoveredMs = await web.recovered();
  const since = performance.now();
  const lost = await web.ended(waiting.id);
  const closedMs = performance.now() - since;
  assert.equal(lost.status, "system_error");
  assert.match(lost.message ?? "", /^The queue lost this run before it began/);
  await web.assertUsed(used + 2, "the one that ran, and the one that shows that it works again");
  noteFault({
    ...{ kind: "redis", fault: "Redis is away: a new run", seen: inWords(refused), recoveredMs },
    lost: "nothing; it is not counted",
  });
  noteFault({
    ...{ kind: "redis", fault: "Redis goes away while a program runs", recoveredMs },
    ...{ seen: inWords({ status: 200, word: end.status, message: end.message ?? "" }), lost: "nothing" },
  });
  noteFault({
    ...{ kind: "redis", fault: "Redis comes back with nothing: a run that waited", recoveredMs: closedMs },
    seen: inWords({ status: 200, word: lost.status, message: lost.message ?? "" }),
    lost: "the run; it is not counted",
  });
});

const DELAYS_MS = [100, 400, 2_000];

test("slow: runs end as themselves, or are refused or given up, and not counted", async () => {
  const { web, toRedis } = fleet;
  await web.recovered();
  for (const delayMs of DELAYS_MS) {
    const used = await web.used();
    toRedis.delay(delayMs);
    const answer = await web.run("print('slowly')");
    toRedis.delay(0);
    const refused =
      answer.status === 503 && ["queue_unavailable", "docker_unavailable"].includes(answer.word);
    // One that was taken just before is given up when no worker could say that it had it: our fault, and not counted.
    const whole = answer.word === "success" && answer.output === "slowly\n";
    assert.ok(refused || whole || answer.word === "system_error", JSON.stringify(answer));
    const recoveredMs = await web.recovered();
    await web.assertUsed(used + (whole ? 2 : 1));
    noteFault({
      ...{ kind: "redis", fault: `Redis takes ${delayMs / 1_000} s more for each command`, recoveredMs },
      seen: `${inWords(answer)}, after ${(answer.ms / 1_000).toFixed(1)} s`,
      lost: whole ? "nothing" : "nothing but that run; it is not counted",
    });
  }
});

test("a worker that cannot say that it begins a run lets go of it: the run is given out again, and ends as itself", async () => {
  const { web, toRedis } = fleet;
  const used = await web.used();
  const { met } = toRedis.stopAt(new RegExp(BEGIN.sha), "before");
  const run = await web.watch("print('late')");
  await met;
  const since = performance.now();
  const end = await web.ended(run.id);
  const recoveredMs = performance.now() - since;
  assert.deepEqual([end.status, end.output?.stdout], ["success", "late\n"]);
  await web.assertUsed(used + 1);
  noteFault({
    ...{ kind: "redis", fault: "A worker's connection to Redis hangs as it begins a run", recoveredMs },
    ...{ seen: inWords({ status: 200, word: end.status, message: end.message ?? "" }), lost: "nothing" },
  });
});

test("hung: as when it is away, and what is there goes on when it answers", async () => {
  const { web, redis } = fleet;
  const used = await web.used();
  const run = await web.watch(lasting(2));
  await run.seen(({ type }) => type === "stdout");
  redis.freeze(true);
  let refused: Awaited<ReturnType<typeof web.run>>;
  try {
    refused = await web.run("print(1)");
  } finally {
    redis.freeze(false);
  }
  assert.deepEqual([refused.status, refused.word], [503, "queue_unavailable"]);
  assert.ok(refused.ms < REFUSED_MS, `${Math.round(refused.ms)} ms`);
  const end = await web.ended(run.id);
  assert.equal(end.status, "success");
  const recoveredMs = await web.recovered();
  await web.assertUsed(used + 2);
  noteFault({
    ...{ kind: "redis", fault: "Redis hangs for a moment: a new run, and one that runs", recoveredMs },
    ...{
      seen: `${inWords(refused)}; the other a \`success\``,
      lost: "nothing; what is refused is not counted",
    },
  });
  assert.ok(recoveredMs < PATIENCE_MS);
});
