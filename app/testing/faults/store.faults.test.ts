/** The database is away, slow or full. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { type MongoServer, startMongoServer } from "../../../lib/store/testing/mongo-server";
import { TcpProxy } from "../../../lib/system/testing/tcp-proxy";
import { noteFault } from "./report";
import { type Answer, FaultSite, inWords, PATIENCE_MS } from "./site";

/** 2 s are promised; the rest is for a busy machine. */
const REFUSED_MS = 5_000;
const LONG = "import time\nprint('begun', flush=True)\ntime.sleep(2)\nprint('ended')";

describe("MongoDB", () => {
  let server: MongoServer;
  let database: TcpProxy;
  let site: FaultSite;
  before(async () => {
    server = await startMongoServer(process.env, { own: true });
    const uri = new URL(server.uri);
    database = await TcpProxy.to(Number(uri.port));
    uri.port = String(database.port);
    site = await FaultSite.start({ MONGODB_URI: uri.href });
    await site.recovered();
  });
  after(async () => {
    database?.delay(0);
    await site?.dispose();
    await database?.stop();
    await server?.stop();
  });

  test("away: runs are refused, one that runs is answered with a flag and kept later, and the quota is right", async () => {
    const [kept, used] = [(await site.run("print('kept')")).id, await site.used()];
    const run = await site.watch(LONG);
    await run.seen(({ type }) => type === "stdout");
    await database.stop();
    const refused = await site.run("print(1)");
    assert.deepEqual([refused.status, refused.word], [503, "store_unavailable"]);
    assert.ok((refused.retryAfterS ?? 0) > 0 && refused.ms < REFUSED_MS, `${Math.round(refused.ms)} ms`);
    assert.equal((await site.ask("GET", "/api/languages")).status, 200);
    await run.over;
    const done = run.events.at(-1);
    assert.equal(done?.type, "done");
    assert.deepEqual([done.run.status, done.run.output.stdout], ["success", "begun\nended\n"]);
    assert.match(done.run.message ?? "", /could not be kept/);
    await database.start();
    const recoveredMs = await site.recovered();
    const late = await site.ended(run.id);
    assert.deepEqual([late.status, late.output?.stdout], ["success", "begun\nended\n"]);
    assert.equal((await site.ended(kept)).status, "success");
    await eventually(
      "what could not be kept at once is not counted",
      async () => (await site.used()) === used + 1,
    );
    noteFault({
      ...{ kind: "store", fault: "MongoDB is away: a new run", seen: inWords(refused), recoveredMs },
      lost: "nothing; it is not counted",
    });
    noteFault({
      ...{ kind: "store", fault: "MongoDB goes away while a program runs", recoveredMs },
      seen: inWords({ status: 200, word: done.run.status, message: done.run.message ?? "" }),
      lost: "nothing: kept when it is back, and not counted",
    });
  });

  // What was refused is given back once a minute.
  const all = process.env.QUICKSAND_TEST_ALL === "1";
  if (all)
    test("slow: runs end as themselves or are refused, and every one that was answered is kept", async () => {
      await site.recovered();
      const used = await site.used();
      const told: Answer[] = [];
      for (const delayMs of [100, 700, 3_000]) {
        database.delay(delayMs);
        const answers = await Promise.all([1, 2, 3].map((n) => site.run(`print(${n})`)));
        for (const answer of answers) {
          const refused = answer.status === 503 && answer.word === "store_unavailable";
          assert.ok(refused || answer.word === "success", JSON.stringify(answer));
          // A run is accepted by a few commands, one after another, each of which may take its time.
          assert.ok(!refused || answer.ms < 2 * REFUSED_MS, `${Math.round(answer.ms)} ms`);
        }
        const [first] = answers;
        told.push(...answers);
        noteFault({
          ...{
            kind: "store",
            fault: `MongoDB takes ${delayMs / 1_000} s more for each command`,
            recoveredMs: null,
          },
          ...{ seen: first ? inWords(first) : "", lost: "nothing" },
        });
      }
      database.delay(0);
      await site.recovered();
      const flagged = (answer: Answer) => /could not be kept/.test(answer.message);
      for (const answer of told.filter(({ word }) => word === "success")) {
        const kept = await site.ended(answer.id);
        assert.deepEqual([kept.status, kept.output?.stdout], ["success", answer.output]);
      }
      const counted = told.filter((answer) => answer.word === "success" && !flagged(answer)).length;
      await eventually(
        "those that were refused or flagged are not counted",
        async () => (await site.used()) === used + counted + 1,
        PATIENCE_MS,
      );
      await eventually(
        "nothing is running",
        async () => (await site.history()).every(({ status }) => status !== "running"),
        PATIENCE_MS,
      );
    });
});

describe("the embedded database", () => {
  let site: FaultSite;
  before(async () => {
    site = await FaultSite.start({ QUICKSAND_STORE_BYTES: "34000000" });
  });
  after(() => site?.dispose());

  test("full: runs are refused with what to do, what is kept is read and deleted, and room lets them run again", async () => {
    const stdin = "a line that takes up room\n".repeat(30_000);
    const kept: Answer[] = [];
    let refused: Answer | null = null;
    while (refused === null) {
      assert.ok(kept.length < 200, "more is kept than there is room for");
      // What cannot be packed: letters that nobody can foretell.
      const answer = await site.run(
        "import os, base64\nprint(base64.b64encode(os.urandom(700_000)).decode())",
        {
          stdin: `${kept.length} ${stdin}`,
        },
      );
      if (answer.word === "success" && !/could not be kept/.test(answer.message)) kept.push(answer);
      else refused = answer;
    }
    const full = refused.status === 503 ? refused : await site.run("print(1)");
    assert.deepEqual([full.status, full.word], [503, "store_full"]);
    assert.ok((full.retryAfterS ?? 0) > 0);
    for (const { id, output } of kept.slice(-3)) assert.equal((await site.ended(id)).output?.stdout, output);
    const used = await site.used();
    for (const { id } of kept.slice(0, -1)) assert.ok((await site.ask("DELETE", `/api/runs/${id}`)).ok);
    const recoveredMs = await site.recovered();
    await site.assertUsed(used + 1);
    assert.equal((await site.ended(kept.at(-1)?.id ?? "")).status, "success");
    noteFault({
      ...{ kind: "store", fault: "The database has no room (`QUICKSAND_STORE_BYTES`)", seen: inWords(full) },
      ...{ lost: "nothing; the refused runs are not counted", recoveredMs },
    });
  });
});
