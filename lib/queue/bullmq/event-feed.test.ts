import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveEvent, LoggedEvent } from "..";
import { done, out, textOf } from "../testing/queue-fixture";
import { EventFeed } from "./event-feed";

const EMPTY = { lastSeq: 0, ended: false, events: [] };
const queuedAgain: LiveEvent = { type: "queued", id: "run", position: 0, attempt: 2 };

function logged(seq: number, event: LiveEvent): LoggedEvent {
  return { seq, event };
}

/** What a watcher is given now, without waiting for more. */
async function shown(feed: EventFeed, afterSeq = 0): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  const watching = feed.watch(afterSeq, async () => {});
  for (;;) {
    const next = watching.next();
    const given = await Promise.race([next, new Promise<null>((resolve) => setImmediate(resolve, null))]);
    if (!given || given.done) break;
    events.push(given.value);
  }
  await watching.return?.();
  return events;
}

test("events that still do not follow on what was loaded are kept, and have it loaded once more", async () => {
  const feed = new EventFeed(() => {});
  assert.equal(feed.add(4, [out("d")]), false);
  const first = { lastSeq: 2, ended: false, events: [logged(1, out("a")), logged(2, out("b"))] };
  assert.equal(feed.load(first), false, "the third is missing");
  assert.equal(feed.load({ lastSeq: 3, ended: false, events: [logged(3, out("c"))] }), true);
  assert.equal(textOf(await shown(feed)), "abcd");
});

test("events of a Redis that has lost them since are not waited for without end", () => {
  const feed = new EventFeed(() => {});
  feed.load(EMPTY);
  assert.equal(feed.add(8, [out("lost")]), false);
  assert.equal(feed.load(EMPTY), false);
  assert.equal(feed.load(EMPTY), true);
});

test("numbers are those of Redis, with the gap that lost events leave", async () => {
  const feed = new EventFeed(() => {});
  feed.load({ lastSeq: 8, ended: false, events: [logged(1, out("a")), logged(5, out("b"))] });
  assert.equal(feed.add(9, [out("c")]), true);
  assert.deepEqual(
    (await shown(feed)).map(({ seq }) => seq),
    [1, 5, 9],
  );
  assert.deepEqual(
    (await shown(feed, 5)).map(({ seq }) => seq),
    [9],
  );
});

test("an end that a Redis with older data numbers as something seen before is told", async () => {
  const feed = new EventFeed(() => {});
  feed.load(EMPTY);
  feed.add(1, [out("a"), out("b"), out("c")]);
  assert.equal(feed.load({ lastSeq: 2, ended: true, events: [logged(2, done("run"))] }), true);
  assert.equal(feed.ended, true);
  const events = await shown(feed);
  assert.equal(textOf(events), "abc");
  assert.deepEqual(events.at(-1), logged(4, done("run")));
});

test("a run that begins anew is shown from there on to those who come later", async () => {
  const feed = new EventFeed(() => {});
  feed.load(EMPTY);
  feed.add(1, [out("a"), queuedAgain, out("b")]);
  assert.deepEqual(await shown(feed), [logged(2, queuedAgain), logged(3, out("b"))]);
});
