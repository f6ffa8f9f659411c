import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, type TestContext, test } from "node:test";
import { readEnv } from "../../env";
import { createLog } from "../../log";
import type { Fleet } from "../../queue/fleet";
import { eventually } from "../../queue/testing/queue-fixture";
import {
  aborted,
  collect,
  echoing,
  code as failsWith,
  GUEST,
  OTHER,
  outcome,
  printing,
  request,
  running,
  type Script,
  ScriptedSandbox,
  textOf,
} from "../../runs/testing/runs-fixture";
import { tempStore } from "../../runs/testing/temp-store";
import { formatRequestSchema } from "../../schemas/format";
import { createServices } from "../../services";
import { processMetrics } from "../../telemetry/metrics";
import { createWorker } from "../../worker";
import type { SharedPorts } from "../shared-ports";

/** What the processes of a site share. */
export interface SharedOfSite {
  /** For one process, which closes what it is given. */
  openPorts(): Promise<SharedPorts>;
  fleet: Pick<Fleet, "workers">;
  close(): Promise<void>;
}

/** Web processes and a worker over one adapter of the ports, all in this process: what is sent is sent through the ports only. */
export function webAndWorkerSuite(name: string, open: () => Promise<SharedOfSite>): void {
  describe(`web processes and a worker over ${name}`, () => suite(open));
}

/** Two web processes, and the means to start workers. */
async function siteOf(context: TestContext, open: () => Promise<SharedOfSite>) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-web-worker-"));
  const env = readEnv({ NODE_ENV: "test", QUICKSAND_DATA_DIR: dataDir, QUICKSAND_CONCURRENCY: "3" });
  const log = createLog("silent");
  const store = tempStore();
  const { openPorts, fleet, close } = await open();
  const [a, b] = [
    await createServices(env, { log, store, shared: await openPorts() }),
    await createServices(env, { log, store, shared: await openPorts() }),
  ];
  const workers: Awaited<ReturnType<typeof createWorker>>[] = [];
  const sandbox = new ScriptedSandbox();
  const startWorker = async (script: Script = printing("hello\n")) => {
    sandbox.script = script;
    const worker = await createWorker(env, { log, store, shared: await openPorts(), sandbox });
    workers.push(worker);
    await eventually("it is known", () => fleet.workers().length > 0);
    return worker;
  };
  context.after(async () => {
    for (const worker of workers) {
      void worker.close();
      // A second time hurries.
      await worker.close();
    }
    await Promise.all([a.close(), b.close()]);
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { a, b, fleet, sandbox, startWorker };
}

function suite(open: () => Promise<SharedOfSite>): void {
  const site = (context: TestContext) => siteOf(context, open);

  test("without a worker a run is refused with what to do, and health says the same; with one it runs", async (context) => {
    const { a, startWorker } = await site(context);
    const refused = (error: unknown) => {
      failsWith("docker_unavailable")(error);
      assert.match(String(error), /npm run worker/);
      return true;
    };
    await assert.rejects(a.runs.submit(GUEST, request()), refused);
    const away = await a.status.health();
    assert.deepEqual([away.status, away.docker.ok, away.queue.kind], ["unavailable", false, "redis"]);
    assert.match(away.docker.message ?? "", /start one: npm run worker/);
    assert.deepEqual(await a.status.ready(), {
      status: "unavailable",
      docker: false,
      store: true,
      queue: true,
    });
    assert.deepEqual(a.status.workers(), []);

    const worker = await startWorker();
    const run = await a.runs.submit(GUEST, request());
    assert.equal((await run.result).output.stdout, "hello\n");
    assert.equal((await a.status.ready()).status, "ok");
    const [told] = a.status.workers() ?? [];
    assert.deepEqual([told?.id, told?.concurrency, told?.draining], [worker.id, 3, false]);
    assert.equal((await a.runs.usage(GUEST)).used, 1, "the refused one was not counted");
  });

  test("a web process's metrics have those of its workers, under the worker's id, while it is there", async (context) => {
    const { startWorker } = await site(context);
    const worker = await startWorker();
    const sample = `quicksand_runs_in_progress{worker="${worker.id}"} 0`;
    assert.ok((await processMetrics().text()).split("\n").includes(sample));
    await worker.close();
    assert.doesNotMatch(await processMetrics().text(), /worker=/);
  });

  test("a run that one web process accepted is followed, typed into and ended at another, by its owner only", async (context) => {
    const { a, b, startWorker } = await site(context);
    await startWorker(echoing);
    const { id, result } = await a.runs.submit(GUEST, request({ mode: "interactive" }));
    for (const act of [
      () => b.runs.watch(OTHER, id, 0),
      () => b.runs.input(OTHER, id, { text: "x", eof: false }),
      () => b.runs.cancel(OTHER, id),
      () => b.runs.terminal(OTHER, id),
    ])
      await assert.rejects(act(), failsWith("not_found"));
    await assert.rejects(b.runs.terminal(GUEST, id), failsWith("conflict"));
    await assert.rejects(b.runs.signal(GUEST, id, "SIGINT"), failsWith("conflict"));
    const watched = collect(await b.runs.watch(GUEST, id, 0));
    await b.runs.input(GUEST, id, { text: "from b\n", eof: false });
    await a.runs.input(GUEST, id, { text: "from a\n", eof: true });
    const events = await watched;
    assert.equal(textOf(events), "from b\nfrom a\n");
    assert.deepEqual(events.at(-1)?.event, { type: "done", run: await result });
    assert.deepEqual(
      (await collect(await b.runs.watch(GUEST, id, 2))).map(({ seq }) => seq),
      events.map(({ seq }) => seq).slice(2),
    );
    assert.equal(await b.runs.cancel(GUEST, id), false);
    await assert.rejects(b.runs.input(GUEST, id, { text: "late", eof: false }), failsWith("conflict"));
  });

  test("a terminal and a cancel at another web process reach the program", async (context) => {
    const { a, b, startWorker } = await site(context);
    await startWorker(async function* (spec, io) {
      const said = echoing(spec, io)[Symbol.asyncIterator]();
      for (;;) {
        const step = await Promise.race([said.next(), aborted(io.signal)]);
        if (!step) return yield { type: "done", outcome: outcome({ status: "cancelled" }) };
        if (step.done) return;
        yield step.value;
      }
    });
    const typed = await a.runs.submit(GUEST, request({ mode: "terminal" }));
    const terminal = await b.runs.terminal(GUEST, typed.id);
    await terminal.say("ls\r");
    await terminal.say({ type: "resize", columns: 80, rows: 24 });
    for await (const { event } of terminal.events)
      if (event.type === "stdout" && /columns/.test(event.text)) break;
    assert.equal(await b.runs.cancel(GUEST, typed.id), true);
  });

  test("a waiter at another web process has the end as soon as it is there, and a deletion there ends the run", async (context) => {
    const { a, b, sandbox, startWorker } = await site(context);
    await startWorker(running());
    const first = await a.runs.submit(GUEST, request());
    const waiting = b.runs.getEnded(GUEST, first.id, 30_000, new AbortController().signal);
    await a.runs.cancel(GUEST, first.id);
    assert.equal((await waiting).status, "cancelled");
    const early = await a.runs.submit(GUEST, request());
    const notYet = await b.runs.getEnded(GUEST, early.id, 20, new AbortController().signal);
    assert.equal(notYet.status, "running");
    const second = await a.runs.submit(GUEST, request());
    await b.runs.remove(GUEST, early.id);
    assert.equal(await b.runs.removeAll(GUEST), 2);
    assert.equal((await second.result).status, "cancelled");
    await eventually("every sandbox is released", () => sandbox.released === sandbox.specs.length);
  });

  test("a guest who signs in at one web process has their live run as the user's at every one", async (context) => {
    const { a, b, startWorker } = await site(context);
    await startWorker(running());
    const user = { ...GUEST, id: "user_of_the_guest", plan: "free" as const };
    const { id, result } = await a.runs.submit(GUEST, request());
    await b.runs.adopt(GUEST, user, null);
    await assert.rejects(a.runs.cancel(GUEST, id), failsWith("not_found"));
    await assert.rejects(a.runs.watch(GUEST, id, 0), failsWith("not_found"));
    assert.equal(await a.runs.cancel(user, id), true);
    assert.equal((await result).status, "cancelled");
  });

  test("a follower at another web process keeps a run going that its own left", async (context) => {
    const { a, b, startWorker } = await site(context);
    await startWorker(running());
    const run = await a.runs.submit(GUEST, request(), { lingerMs: 1_500 });
    const events = await b.runs.watch(GUEST, run.id, 0);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    assert.equal((await b.runs.get(GUEST, run.id)).status, "running");
    await events.return?.();
    assert.equal((await run.result).status, "cancelled");
  });

  test("Docker that is away at the only worker: no run is taken, nothing fails, and it goes on when it is back", async (context) => {
    const { a, fleet, sandbox, startWorker } = await site(context);
    await startWorker();
    const { health } = sandbox;
    const message = "Docker is not running: start it.";
    sandbox.health = async () => ({ ...(await health.call(sandbox)), ok: false, message });
    await eventually("the worker says so", () => fleet.workers()[0]?.health.ok === false);
    await assert.rejects(a.runs.submit(GUEST, request()), failsWith("docker_unavailable"));
    assert.equal((await a.status.health()).docker.message, `1 worker, without Docker: ${message}`);
    sandbox.health = health;
    await eventually("the worker is well again", () => fleet.workers()[0]?.health.ok === true);
    assert.equal((await (await a.runs.submit(GUEST, request())).result).status, "success");
  });

  test("the formatter, hints and the figures of the hour come from the workers", async (context) => {
    const { a, b, sandbox, startWorker } = await site(context);
    const hinted: string[] = [];
    sandbox.expect = ({ id }) => void hinted.push(id);
    await startWorker(printing("int x;\n"));
    const body = formatRequestSchema.parse({ language: "c", code: "int   x;", tabWidth: 2 });
    const formatted = await a.formatter.format(GUEST, body, new AbortController().signal);
    assert.deepEqual(formatted, { code: "int x;\n", message: null });
    assert.equal(a.status.warm("python", "guest"), true);
    await eventually("the hint arrives", () => hinted.length === 1);
    await (await a.runs.submit(GUEST, request())).result;
    await eventually("both know of the run", async () =>
      (await Promise.all([a.status.report(), b.status.report()])).every(({ hour }) => hour.runs === 1),
    );
  });

  test("a worker that stops says so, ends what it has, and is gone", async (context) => {
    const { a, fleet, startWorker } = await site(context);
    const worker = await startWorker(running());
    const run = await a.runs.submit(GUEST, request());
    const closed = worker.close();
    await eventually("it drains", () => fleet.workers()[0]?.draining === true);
    // A second signal hurries.
    void worker.close();
    const { status, usage } = await run.result;
    assert.deepEqual([status, usage.used], ["system_error", 0]);
    await closed;
    assert.deepEqual(fleet.workers(), []);
  });
}
