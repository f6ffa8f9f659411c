import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { Interrupted, type JobHandler, type RunJob } from "..";
import { isFull, QueueBench } from "../testing/queue-bench";
import { aJob, done, eventually, type OpenPorts, pause } from "../testing/queue-fixture";
import { fairnessContract } from "./fairness.contract";

/** What every queue does, beside its channel. */
export function queueContract(name: string, open: OpenPorts): void {
  async function bench(t: TestContext, { limit = 100 } = {}): Promise<QueueBench> {
    const ports = await open({ limit });
    t.after(() => ports.close());
    return new QueueBench(ports);
  }

  describe(`the queue's contract on ${name}`, () => {
    test("a job gets its turn at once where one is free, whole, and its run is told position 0", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const added = await queue.add();
      const { job, signal, end } = await queue.given(added);
      assert.deepEqual(job, added);
      assert.deepEqual(JSON.parse(JSON.stringify(job)), added, "a job is plain data");
      assert.equal(signal.aborted, false);
      assert.deepEqual(await queue.positions(job), [0]);
      assert.deepEqual(await queue.ports.queue.state(), {
        running: 1,
        concurrency: 1,
        waiting: 0,
        limit: 100,
      });
      end();
      await queue.settles(0, 0);
    });

    test("positions fall to 0 as turns end", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const jobs: RunJob[] = [];
      for (let i = 0; i < 4; i++) jobs.push(await queue.add());
      await queue.settles(1, 3);
      const told = () => Promise.all(jobs.map((job) => queue.positions(job)));
      assert.deepEqual(await told(), [[0], [1], [2], [3]]);
      for (const job of jobs) (await queue.given(job)).end();
      await queue.settles(0, 0);
      // What an adapter tells in between is its own; none is told to move back.
      for (const [index, positions] of (await told()).entries()) {
        assert.deepEqual([positions[0], positions.at(-1)], [index, 0]);
        assert.deepEqual(
          positions,
          positions.toSorted((a, b) => b - a),
        );
      }
    });

    test("no more turns are held at once than the worker can take on", async (t) => {
      const queue = await bench(t);
      let held = 0;
      let most = 0;
      const handle: JobHandler = async (job, _signal, release) => {
        most = Math.max(most, ++held);
        await pause(1);
        held--;
        queue.ports.channel.append(job.id, done(job.id));
        release();
      };
      await queue.ports.queue.work(handle, { concurrency: 3 });
      await Promise.all(Array.from({ length: 50 }, (_, i) => queue.add({ account: `account ${i % 7}` })));
      await queue.settles(0, 0);
      assert.equal(most, 3);
    });

    test("beyond the limit it is queue_full, with the time to come back, until a place is free", async (t) => {
      const queue = await bench(t, { limit: 2 });
      await queue.work(1);
      const first = await queue.add();
      const second = await queue.add({ account: "a" });
      await queue.add({ account: "b" });
      await assert.rejects(queue.add({ account: "c" }), isFull);
      (await queue.given(first)).end();
      await queue.given(second);
      await queue.settles(1, 1);
      await queue.add({ account: "c" });
      assert.equal((await queue.ports.queue.state()).waiting, 2);
    });

    test("a limit of 0 takes what can start at once and nothing else", async (t) => {
      const queue = await bench(t, { limit: 0 });
      await queue.work(1);
      await queue.given(await queue.add());
      await assert.rejects(queue.add(), isFull);
    });

    fairnessContract(bench);

    test("a worker that was paused before it began takes nothing until it goes on", async (t) => {
      const queue = await bench(t);
      await queue.ports.queue.pause(true);
      await queue.work(1);
      const job = await queue.add();
      await queue.settles(0, 1);
      await pause(300);
      assert.equal(queue.handled.length, 0);
      await queue.ports.queue.pause(false);
      (await queue.given(job)).end();
      await queue.settles(0, 0);
    });

    test("a job whose run is cancelled while it waits is given out at once, without a turn", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const first = await queue.add();
      const second = await queue.add();
      const third = await queue.add();
      await queue.cancel(second);
      const { signal, end } = await queue.given(second);
      assert.ok(signal.aborted);
      assert.equal(signal.reason instanceof Interrupted, false);
      await queue.settles(1, 1);
      assert.equal((await queue.positions(third)).at(-1), 1);
      end();
      (await queue.given(first)).end();
      (await queue.given(third)).end();
      await queue.settles(0, 0);
    });

    test("a job whose run was cancelled before it was added takes no turn either", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const job = aJob();
      queue.ports.channel.open(job.id);
      await queue.cancel(job);
      await queue.ports.queue.add(job);
      assert.ok((await queue.given(job)).signal.aborted);
      await queue.settles(0, 0);
    });

    test("a cancel aborts the job that runs, which keeps its turn until it ends", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const job = await queue.add();
      const { signal, end } = await queue.given(job);
      await queue.cancel(job);
      await eventually("the signal aborts", () => signal.aborted);
      await queue.settles(1, 0);
      end();
      await queue.settles(0, 0);
    });

    test("a run that is to be followed is cancelled when nobody does for that long, and not before", async (t) => {
      const queue = await bench(t);
      const { channel } = queue.ports;
      await queue.work(2);
      const [followed, left] = [await queue.add(), await queue.add()];
      const stay = channel.follow(followed.id);
      const leave = channel.follow(left.id);
      for (const { id } of [followed, left]) channel.endUnfollowed(id, 100);
      leave();
      leave();
      const { signal } = await queue.given(left);
      await eventually("it is cancelled", () => signal.aborted);
      assert.equal(signal.reason instanceof Interrupted, false);
      const kept = await queue.given(followed);
      await pause(200);
      assert.equal(kept.signal.aborted, false);
      stay();
      await eventually("it is cancelled", () => kept.signal.aborted);
    });

    test("a worker that pauses takes no more, and goes on where it was", async (t) => {
      const queue = await bench(t);
      await queue.work(2);
      const first = await queue.given(await queue.add());
      await queue.ports.queue.pause(true);
      const second = await queue.add();
      await queue.settles(1, 1);
      first.end();
      await pause(50);
      await queue.settles(0, 1);
      await queue.ports.queue.pause(false);
      (await queue.given(second)).end();
      await queue.settles(0, 0);
    });

    test("a job is known while it waits and is handled", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const [first, second] = [await queue.add(), await queue.add()];
      const known = async () => [...(await queue.ports.queue.knows([first.id, second.id]))].toSorted();
      assert.deepEqual(await known(), [first.id, second.id].toSorted());
      (await queue.given(first)).end();
      // A queue that has just begun cannot tell yet.
      await eventually("the first is done", async () => (await known()).join() === second.id, 30_000);
    });

    test("what waits is told from what a worker has begun", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const [first, second] = [await queue.add(), await queue.add()];
      const { end } = await queue.given(first);
      const unbegun = async () => [...(await queue.ports.queue.unbegun([first.id, second.id, "unknown"]))];
      assert.deepEqual(await unbegun(), [second.id]);
      end();
      const next = await queue.given(second);
      assert.deepEqual(await unbegun(), []);
      next.end();
      await queue.settles(0, 0);
    });

    test("a turn that is released lets the next job in before the job has ended, once", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const first = await queue.given(await queue.add());
      const second = await queue.add();
      const third = await queue.add();
      first.release();
      first.release();
      await queue.given(second);
      await queue.settles(1, 1);
      first.end();
      await queue.settles(1, 1);
      assert.equal(
        queue.handled.some(({ job }) => job.id === third.id),
        false,
      );
    });

    test("a turn lasts until it is released, also when the job has ended", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      const first = await queue.given(await queue.add());
      const second = await queue.add();
      first.finish();
      await pause(50);
      await queue.settles(1, 1);
      first.release();
      await queue.given(second);
    });

    test("a job that never ends blocks only itself", async (t) => {
      const queue = await bench(t);
      await queue.work(2);
      await queue.add({ account: "stuck" });
      for (let round = 0; round < 5; round++) (await queue.given(await queue.add())).end();
      await queue.settles(1, 0);
    });

    test("jobs that were added before anybody works wait until somebody does", async (t) => {
      const queue = await bench(t);
      const jobs = [await queue.add(), await queue.add()];
      await queue.settles(0, 2);
      await queue.work(2);
      for (const job of jobs) (await queue.given(job)).end();
      await queue.settles(0, 0);
    });

    test("a worker that stops lets jobs end, interrupts those that do not, and gives up the deaf", async (t) => {
      const queue = await bench(t);
      await queue.work(3);
      const [quick, slow, deaf] = [
        await queue.given(await queue.add()),
        await queue.given(await queue.add()),
        await queue.given(await queue.add()),
      ];
      const order: string[] = [];
      slow.signal.addEventListener("abort", async () => {
        order.push("interrupted");
        await pause(20);
        slow.end();
        order.push("slow ended");
      });
      const closed = queue.ports.queue.close({ graceMs: 200, interruptMs: 100 });
      quick.end();
      order.push("quick ended");
      await closed;
      assert.deepEqual(order, ["quick ended", "interrupted", "slow ended"]);
      assert.equal(quick.signal.aborted, false);
      for (const { signal } of [slow, deaf]) assert.ok(signal.reason instanceof Interrupted);
    });

    test("a queue that has been closed takes no more jobs", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      await queue.ports.queue.close({ graceMs: 1, interruptMs: 1 });
      await assert.rejects(queue.add(), isFull);
    });

    test("a worker that has nothing to do stops at once", async (t) => {
      const queue = await bench(t);
      await queue.work(1);
      (await queue.given(await queue.add())).end();
      await queue.settles(0, 0);
      // No wait of this length would end before the test's own time is over.
      await queue.ports.queue.close({ graceMs: 600_000, interruptMs: 600_000 });
    });
  });
}
