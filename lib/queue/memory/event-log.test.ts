import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { collect, err, failed, out, pause, textOf } from "../testing/queue-fixture";
import { EventLog } from "./event-log";

test("a million one-byte prints are few events, and no byte is lost, while somebody reads along", async () => {
  const log = new EventLog();
  const reading = collect(log.watch(0));
  for (let i = 0; i < 1_000_000; i++) {
    log.append(out(String(i % 10)));
    if (i % 50 === 0) await Promise.resolve(); // lets the watcher read
  }
  log.close();
  const events = await reading;
  assert.equal(textOf(events).length, 1_000_000);
  assert.ok(textOf(events).startsWith("01234567890123"));
  assert.ok(events.length < 1_000, `${events.length} events`);
});

test("stdout and stderr in quick alternation are few events too, each stream in its order", async () => {
  const log = new EventLog();
  for (let i = 0; i < 100_000; i++) log.append(i % 2 === 0 ? out(`${i} `) : err(`${i} `));
  log.close();
  const events = await collect(log.watch(0));
  const numbers = (type: "stdout" | "stderr") => textOf(events, type).trim().split(" ").map(Number);
  assert.deepEqual(
    numbers("stdout"),
    Array.from({ length: 50_000 }, (_, i) => i * 2),
  );
  assert.deepEqual(
    numbers("stderr"),
    Array.from({ length: 50_000 }, (_, i) => i * 2 + 1),
  );
  assert.ok(events.length < 1_000, `${events.length} events`);
});

test("a few changes between the streams keep their order", async () => {
  const log = new EventLog();
  for (const event of [out("a"), err("b"), out("c"), out("d"), err("e")]) log.append(event);
  log.close();
  assert.deepEqual(
    (await collect(log.watch(0))).map(({ event }) => event),
    [out("a"), err("b"), out("cd"), err("e")],
  );
});

test("the first output after a pause is there at once, what follows within moments", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const log = new EventLog();
  const events = log.watch(0);
  log.append(out("first"));
  assert.deepEqual((await events.next()).value?.event, out("first"));
  log.append(out("sec"));
  log.append(out("ond"));
  assert.equal(log.lastSeq, 1);
  mock.timers.tick(16);
  assert.deepEqual((await events.next()).value?.event, out("second"));
  mock.timers.tick(16);
  log.append(out("third"));
  assert.equal(log.lastSeq, 3);
  log.close();
});

test("output comes before what follows it", async () => {
  const log = new EventLog();
  log.append(out("a"));
  log.append(out("b"));
  log.append({ type: "stage", stage: "run" });
  log.append(out("c"));
  log.close();
  assert.deepEqual(
    (await collect(log.watch(0))).map(({ event }) => event.type),
    ["stdout", "stdout", "stage", "stdout"],
  );
});

test("watchers at different paces all see everything", async () => {
  const log = new EventLog();
  const slow = (async () => {
    let text = "";
    for await (const { event } of log.watch(0)) {
      if (event.type === "stdout") text += event.text;
      await pause(1);
    }
    return text;
  })();
  const fast = collect(log.watch(0));
  for (let i = 0; i < 100; i++) {
    log.append(out(`${i},`));
    if (i % 10 === 0) await pause(2);
  }
  log.close();
  assert.equal(await slow, textOf(await fast));
  assert.equal(await slow, textOf(await collect(log.watch(0))));
});

test("a watcher that stops while it waits is let go at once and leaves nothing behind", async () => {
  const log = new EventLog();
  const events = log.watch(0);
  const waiting = events.next();
  await events.return?.();
  assert.deepEqual(await waiting, { done: true, value: undefined });
  assert.equal(log.waiting, 0);
  log.append(out("later"));
  assert.deepEqual(await events.next(), { done: true, value: undefined });
});

test("a thousand watchers that stop leave nothing behind", async () => {
  const log = new EventLog();
  const watchers = Array.from({ length: 1_000 }, () => log.watch(0));
  const waiting = watchers.map((events) => events.next());
  assert.equal(log.waiting, 1_000);
  await Promise.all(watchers.map((events) => events.return?.()));
  await Promise.all(waiting);
  assert.equal(log.waiting, 0);
});

test("nothing is added after the last event", async () => {
  const log = new EventLog();
  log.append(out("a"));
  log.append(failed("broken"));
  log.append(out("b"));
  assert.deepEqual(
    (await collect(log.watch(0))).map(({ event }) => event.type),
    ["stdout", "failed"],
  );
});

test("empty output is no event", () => {
  const log = new EventLog();
  log.append(out(""));
  assert.equal(log.lastSeq, 0);
});
