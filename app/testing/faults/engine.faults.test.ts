/** Docker is stopped, started anew in the middle of a run, or hangs; and each call to it fails once. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { EngineFault } from "../../../lib/sandbox/testing/engine-proxy";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { noteFault } from "./report";
import { type Answer, FaultSite, inWords, PATIENCE_MS } from "./site";

/** 2 s are promised; the rest is for a busy machine. Waiting for a creation to fail would take longer. */
const REFUSED_MS = 5_000;
const LONG = "import time\nprint('begun', flush=True)\ntime.sleep(3)\nprint('ended')";

function assertRefused(answer: Answer): void {
  assert.deepEqual([answer.status, answer.word], [503, "docker_unavailable"], answer.message);
  assert.ok((answer.retryAfterS ?? 0) > 0, "it says when to try again");
  assert.ok(answer.ms < REFUSED_MS, `${Math.round(answer.ms)} ms`);
}

describe("Docker as a whole", () => {
  let site: FaultSite;
  before(async () => {
    site = await FaultSite.start({ QUICKSAND_CONCURRENCY: "2" });
    await site.recovered();
  });
  after(() => site.dispose());

  /** What is not made of Docker is there while it is away, and nothing is charged. */
  async function assertServes(used: number): Promise<void> {
    assert.equal((await site.ask("GET", "/api/languages")).status, 200);
    assert.ok((await site.history()).length > 0);
    await site.assertUsed(used);
    // One that was well a moment ago may only be busy: health trusts it for 10 s.
    await eventually(
      "health says so",
      async () => (await site.ask("GET", "/api/health")).status === 503,
      PATIENCE_MS,
    );
  }

  test("stopped: runs are refused in 2 s and not charged, everything else goes on, and it recovers by itself", async () => {
    const used = await site.used();
    await site.engine.stop();
    const answers = [await site.run("print(1)"), await site.run("print(1)"), await site.run("print(1)")];
    answers.forEach(assertRefused);
    await assertServes(used);
    await site.engine.start();
    const recoveredMs = await site.recovered();
    await site.assertNothingTaken(1);
    noteFault({
      ...{ kind: "engine", fault: "Docker is stopped", seen: inWords(answers[1] as Answer) },
      ...{ lost: "nothing; the refused runs are not counted", recoveredMs },
    });
  });

  test("hung: the same", async () => {
    const used = await site.used();
    site.engine.hang();
    const answers: Answer[] = [];
    try {
      for (let attempt = 0; attempt < 3; attempt++) answers.push(await site.run("print(1)"));
      await assertServes(used);
    } finally {
      site.engine.goOn();
    }
    answers.forEach(assertRefused);
    const recoveredMs = await site.recovered();
    noteFault({
      ...{ kind: "engine", fault: "Docker hangs: it takes connections and answers nothing" },
      ...{
        seen: inWords(answers[1] as Answer),
        lost: "nothing; the refused runs are not counted",
        recoveredMs,
      },
    });
  });

  for (const [fault, away, back] of [
    [
      "Docker is started anew while a program runs",
      () => site.engine.stop().then(() => site.engine.start()),
      async () => {},
    ],
    ["Docker stops while a program runs", () => site.engine.stop(), () => site.engine.start()],
    ["Docker hangs while a program runs", async () => site.engine.hang(), async () => site.engine.goOn()],
  ] as const) {
    test(`${fault}: that run ends as our fault, its turn is free, and it is not counted`, async () => {
      const used = await site.used();
      const run = await site.watch(LONG);
      await run.seen(({ type }) => type === "stdout");
      const since = performance.now();
      await away();
      const end = await site.ended(run.id);
      const endedS = ((performance.now() - since) / 1_000).toFixed(1);
      await back();
      const recoveredMs = await site.recovered();
      assert.equal((await (await site.ask("GET", "/api/health")).json()).queue.running, 0);
      assert.deepEqual([end.status, end.output?.stdout], ["system_error", "begun\n"]);
      await site.assertUsed(used + 1, "that of the run which shows that it works again");
      noteFault({
        ...{ kind: "engine", fault, recoveredMs },
        seen: `${inWords({ status: 200, word: end.status, message: end.message ?? "" })}, ${endedS} s later`,
        lost: "that run's rest; what it had printed is kept, and it is not counted",
      });
    });
  }
});

describe("each call to Docker fails once", () => {
  let site: FaultSite;
  before(async () => {
    // None is warm: each run makes its own.
    site = await FaultSite.start({ QUICKSAND_WARM: "0", QUICKSAND_CONCURRENCY: "1" });
    await site.recovered();
  });
  after(() => site.dispose());

  const CALLS: [string, RegExp][] = [
    ["create", /^POST .*\/containers\/create$/],
    ["attach", /^POST .*\/attach$/],
    ["start", /^POST .*\/start$/],
    ["inspect", /^GET .*\/containers\/[^/]+\/json$/],
    ["stats", /^GET .*\/stats$/],
    ["kill", /^POST .*\/kill$/],
    ["remove", /^DELETE .*\/containers\//],
  ];
  const FAULTS: [EngineFault, string][] = [
    ["refused", "is answered 500"],
    ["cut", "is cut off"],
    ["answer-cut", "is done, and its answer cut off"],
  ];
  for (const [call, pattern] of CALLS) {
    test(`${call}: the run is answered, and its turn, container and quota are given back`, async () => {
      const seen = new Set<string>();
      for (const [fault, how] of FAULTS) {
        const used = await site.used();
        const planned = site.engine.plan(pattern, fault);
        // A program that is killed, so that every call is made of one run.
        const answer = await site.run("while True: pass", { limits: { timeoutMs: 500 } });
        await planned.met;
        assert.ok(
          (answer.status === 503 && answer.word === "docker_unavailable") ||
            (answer.status === 200 && ["timeout", "system_error"].includes(answer.word)),
          `${call} ${how}: ${JSON.stringify(answer)}`,
        );
        await site.assertUsed(used + (answer.word === "timeout" ? 1 : 0), `${call} ${how}`);
        const next = await site.run("print('next')");
        assert.deepEqual([next.word, next.output], ["success", "next\n"], `after ${call} ${how}`);
        seen.add(inWords(answer));
      }
      noteFault({
        ...{ kind: "engine call", fault: `Docker's ${call} fails once (500, cut off, its answer cut off)` },
        ...{ seen: [...seen].join("; "), recoveredMs: null },
        // When the answer to `create` is lost, nothing here knows that container's id.
        lost: `nothing; what is refused is not counted${call === "create" ? "; what was made without our knowing is removed at the latest when the server ends" : ""}`,
      });
    });
  }
});
