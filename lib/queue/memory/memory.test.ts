import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { channelContract } from "../contract/channel.contract";
import { queueContract } from "../contract/queue.contract";
import { aJob, aResult, done, out, type Ports } from "../testing/queue-fixture";
import { openMemoryQueue } from ".";

async function open({ limit }: { limit: number }): Promise<Ports> {
  const ports = openMemoryQueue({ limit });
  return { ...ports, close: async () => {} };
}

channelContract("one process", open);
queueContract("one process", open);

test("within one process a job is passed on as it is, not copied", async () => {
  const { queue, channel } = openMemoryQueue({ limit: 1 });
  const job = aJob();
  let given: unknown;
  await queue.work(
    async (handed) => {
      given = handed;
    },
    { concurrency: 1 },
  );
  channel.open(job.id);
  await queue.add(job);
  assert.equal(given, job);
});

test("the position of a waiting run never grows when others get their fair turns before it", async () => {
  const { queue, channel } = openMemoryQueue({ limit: 100 });
  await queue.work(() => new Promise(() => {}), { concurrency: 1 });
  const add = async (account: string) => {
    const job = aJob({ account });
    channel.open(job.id);
    await queue.add(job);
    return job.id;
  };
  await add("x");
  const greedy = [await add("a"), await add("a"), await add("a")];
  const late = await add("b");
  const positions = async (id: string) =>
    ((await channel.read(id)) ?? []).flatMap((event) => (event.type === "queued" ? [event.position] : []));
  assert.deepEqual(await positions(late), [2]);
  assert.deepEqual(await Promise.all(greedy.map(positions)), [[1], [2], [3]]);
});

test("an ended run can be resumed for a minute, and is then forgotten", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { channel } = openMemoryQueue({ limit: 1 });
  channel.open("run");
  channel.append("run", done("run"));
  mock.timers.tick(59_999);
  assert.equal((await channel.read("run"))?.length, 1);
  mock.timers.tick(1);
  assert.equal(await channel.read("run"), null);
});

test("many large outputs do not stay in memory: the oldest ended runs are forgotten first", async () => {
  const { channel } = openMemoryQueue({ limit: 1 });
  const text = "x".repeat(1_000_000);
  const ids = Array.from({ length: 20 }, (_, index) => `run ${index}`);
  channel.open("runs still");
  channel.append("runs still", out(text));
  for (const id of ids) {
    channel.open(id);
    channel.append(id, out(text));
    channel.append(id, { type: "done", run: aResult(id, text) });
  }
  const held = await Promise.all(ids.map(async (id) => (await channel.read(id)) !== null));
  assert.deepEqual(
    held,
    ids.map((_, index) => index >= 4),
  );
  assert.equal((await channel.read("runs still"))?.length, 1);
});
