import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { AppError } from "../../errors";
import { PLANS } from "../../plans";
import type { Fleet, FleetAnswer, FleetCall, LanguageCall, WorkerNotice } from "../fleet";
import { aJob, eventually } from "../testing/queue-fixture";

/** One process's part in a fleet. */
export interface OpenedFleet {
  fleet: Fleet;
  close(): Promise<void>;
}

/** Opens so many processes of one fleet that nobody else is in. */
export type OpenFleet = (processes: number) => Promise<OpenedFleet[]>;

export function aNotice(notice: Partial<WorkerNotice> = {}): WorkerNotice {
  return {
    id: aJob().id,
    host: "one",
    startedAt: "2026-11-22T12:00:00.000Z",
    version: "1.0.0",
    concurrency: 4,
    draining: false,
    isolation: "container",
    health: { ok: true, version: "27", warm: 2, running: 0 },
    languages: { python: { ready: true, printedVersion: "Python 3.13 — 你好", progress: null } },
    unwritten: [],
    figures: [],
    ...notice,
  };
}

const format = {
  type: "format",
  language: "python",
  tabWidth: 4,
  code: "print('ä\n\u2028')",
  limits: { ...PLANS.guest.limits, attended: null },
} satisfies LanguageCall;
const later = { ...format, code: "later" };
const OPTIONS = { timeoutMs: 5_000 };

function refused(code: string) {
  return (error: unknown) => error instanceof AppError && error.code === code;
}

/** What every fleet does. */
export function fleetContract(name: string, open: OpenFleet): void {
  async function opened(t: TestContext, processes: number): Promise<Fleet[]> {
    const all = await open(processes);
    t.after(async () => {
      for (const each of all) await each.close();
    });
    return all.map(({ fleet }) => fleet);
  }

  describe(`the fleet's contract on ${name}`, () => {
    test("a worker is seen by every process as it says it is, until it goes", async (t) => {
      const [web, other, worker] = (await opened(t, 3)) as [Fleet, Fleet, Fleet];
      assert.deepEqual(web.workers(), []);
      const notice = aNotice();
      await worker.announce(notice);
      for (const fleet of [web, other]) {
        await eventually("the worker is seen", () => fleet.workers().length === 1);
        assert.deepEqual(fleet.workers(), [notice]);
      }
      await worker.announce({ ...notice, draining: true });
      await eventually("it drains", () => web.workers()[0]?.draining === true);
      await worker.withdraw(notice.id);
      await eventually("it is gone", () => web.workers().length === 0);
    });

    test("a call is answered by a worker, whole", async (t) => {
      const [web, worker] = (await opened(t, 2)) as [Fleet, Fleet];
      const calls: FleetCall[] = [];
      const answer: FleetAnswer = {
        ok: true,
        formatted: {
          status: "success",
          output: { stdout: "print('ä\n')\n", stderr: "", exitCode: 0, signal: null, truncated: false },
          message: null,
        },
      };
      worker.serve(async (call) => {
        calls.push(call);
        return answer;
      }, 2);
      await worker.announce(aNotice());
      await eventually("the worker is seen", () => web.workers().length === 1);
      assert.deepEqual(await web.call(format, OPTIONS), answer);
      assert.deepEqual(calls, [format]);
      const { limits } = PLANS.guest;
      const expect: LanguageCall = { type: "expect", language: "lua", limits: { ...limits, attended: null } };
      assert.deepEqual(await web.call(expect, OPTIONS), { ok: true });
      await eventually("what has no answer arrives, too", () => calls.length === 2);
      assert.deepEqual(calls[1], expect);
    });

    test("without a worker, and with one that does not answer, it is docker_unavailable", async (t) => {
      const [web, worker] = (await opened(t, 2)) as [Fleet, Fleet];
      await assert.rejects(web.call(format, OPTIONS), refused("docker_unavailable"));
      worker.serve(() => new Promise(() => {}), 1);
      await worker.announce(aNotice());
      await eventually("the worker is seen", () => web.workers().length === 1);
      await assert.rejects(web.call(format, { timeoutMs: 50 }), refused("docker_unavailable"));
    });

    test("a worker that has the image is asked before others, one that drains last", async (t) => {
      const [web, one, other] = (await opened(t, 3)) as [Fleet, Fleet, Fleet];
      const asked: string[] = [];
      const answering = (name: string) => async (): Promise<FleetAnswer> => {
        asked.push(name);
        return { ok: true };
      };
      one.serve(answering("one"), 2);
      other.serve(answering("other"), 2);
      const without = aNotice({ languages: {} });
      const having = aNotice();
      await one.announce(without);
      await other.announce(having);
      await eventually("both are seen", () => web.workers().length === 2);
      await web.call(format, OPTIONS);
      await other.announce({ ...having, draining: true });
      await eventually("it drains", () => web.workers().some(({ draining }) => draining));
      await web.call(format, OPTIONS);
      assert.deepEqual(asked, ["other", "one"]);
    });

    test("so many calls are answered at once, the others in their turn", async (t) => {
      const [web, worker] = (await opened(t, 2)) as [Fleet, Fleet];
      let [running, most] = [0, 0];
      const ends: (() => void)[] = [];
      worker.serve(async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => {
          ends.push(resolve);
        });
        running--;
        return { ok: true };
      }, 2);
      await worker.announce(aNotice());
      await eventually("the worker is seen", () => web.workers().length === 1);
      const calls = Array.from({ length: 5 }, () => web.call(format, OPTIONS));
      for (let answered = 0; answered < 5; answered++) {
        await eventually(`call ${answered} begins`, () => ends.length > answered);
        ends[answered]?.();
      }
      await Promise.all(calls);
      assert.equal(most, 2);
    });

    test("every worker is asked for itself; one that does not answer in time, and one that answers nothing, are left out", async (t) => {
      const [web, one, other, silent, mute] = (await opened(t, 5)) as [Fleet, Fleet, Fleet, Fleet, Fleet];
      assert.deepEqual(await web.askEach({ type: "metrics" }, OPTIONS), new Map());
      const telling =
        (name: string) =>
        async (call: FleetCall): Promise<FleetAnswer> => {
          assert.deepEqual(call, { type: "metrics" });
          return { ok: true, metrics: [{ name, help: "你好\n", values: [{ value: 1 }] }] };
        };
      one.serve(telling("one"), 1);
      other.serve(telling("other"), 1);
      silent.serve(() => new Promise(() => {}), 1);
      const ids = new Map<Fleet, string>();
      for (const fleet of [one, other, silent, mute]) {
        const notice = aNotice();
        ids.set(fleet, notice.id);
        await fleet.announce(notice);
      }
      await eventually("all are seen", () => web.workers().length === 4);
      const answers = await web.askEach({ type: "metrics" }, { timeoutMs: 1_000 });
      assert.deepEqual([...answers.keys()].sort(), [ids.get(one), ids.get(other)].sort());
      for (const [fleet, name] of [[one, "one"] as const, [other, "other"] as const])
        assert.deepEqual(answers.get(ids.get(fleet) ?? ""), {
          ok: true,
          metrics: [{ name, help: "你好\n", values: [{ value: 1 }] }],
        });
    });

    test("a worker tells its metrics although it has more calls than it answers at once", async (t) => {
      const [web, worker] = (await opened(t, 2)) as [Fleet, Fleet];
      const ends: (() => void)[] = [];
      worker.serve(async (call) => {
        if (call.type !== "metrics") await new Promise<void>((resolve) => ends.push(resolve));
        return { ok: true };
      }, 1);
      const notice = aNotice();
      await worker.announce(notice);
      await eventually("the worker is seen", () => web.workers().length === 1);
      const calls = [web.call(format, OPTIONS), web.call(format, OPTIONS)];
      await eventually("one begins", () => ends.length === 1);
      const answers = await web.askEach({ type: "metrics" }, OPTIONS);
      assert.deepEqual(answers, new Map([[notice.id, { ok: true }]]));
      ends[0]?.();
      await eventually("the other begins", () => ends.length === 2);
      ends[1]?.();
      await Promise.all(calls);
    });

    test("a call that is given up is given up at the worker; a failure there is told", async (t) => {
      const [web, worker] = (await opened(t, 2)) as [Fleet, Fleet];
      let aborted = false;
      worker.serve(async (call, signal) => {
        if (call.type === "format" && call.code === later.code) throw new AppError("queue_full", "Later.");
        return new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            resolve({ ok: true });
          });
        });
      }, 2);
      await worker.announce(aNotice());
      await eventually("the worker is seen", () => web.workers().length === 1);
      const abort = new AbortController();
      const call = web.call(format, { ...OPTIONS, signal: abort.signal });
      const given = assert.rejects(call, /given up/);
      setTimeout(() => abort.abort(new Error("given up")), 50);
      await given;
      await eventually("the worker knows", () => aborted);
      const answer = await web.call(later, OPTIONS);
      assert.deepEqual(answer, { ok: false, code: "queue_full", message: "Later." });
    });
  });
}
