import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { queueUnavailable } from "../refusals";
import { done, eventually, out } from "../testing/queue-fixture";
import { EventWriter } from "./event-writer";

interface Sent {
  writer: string;
  before: number;
  attempt: number;
  events: string[];
  answer: (seq: number) => void;
  fail: () => void;
}

/** A link that takes what is appended and answers as the test says. */
class FakeLink {
  readonly process = "here";
  readonly log = createLog("silent");
  readonly ready = true;
  readonly sent: Sent[] = [];

  register(): void {}

  onReady(): void {}

  run(_script: unknown, ...args: readonly (string | number)[]): Promise<unknown> {
    const [, writer = "", before = 0, attempt = 0, , , , , ...events] = args;
    return new Promise((answer, reject) => {
      this.sent.push({
        ...{ writer: String(writer), before: Number(before), attempt: Number(attempt) },
        ...{ events: events.map(String), answer, fail: () => reject(queueUnavailable()) },
      });
    });
  }
}

const attempt = (number: number, onTaken = () => {}) => ({ number, lastSeq: 0, onTaken });
const stage = { type: "stage", stage: "run" } as const;

async function sent(link: FakeLink, count: number): Promise<Sent> {
  await eventually(`${count} are sent`, () => link.sent.length >= count);
  return link.sent[count - 1] as Sent;
}

test("nothing counts as kept of a run that is forgotten, also while some of it is sent and some is held back", async () => {
  const link = new FakeLink();
  const writer = new EventWriter(link);
  writer.append("run", out("sent"));
  const { answer } = await sent(link, 1);
  // Within the window, so it is held back.
  writer.append("run", out("held back"));
  assert.ok(writer.keptChars > 0);
  writer.forget("run");
  assert.equal(writer.keptChars, 0);
  answer(1);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(writer.keptChars, 0);
  assert.equal(link.sent.length, 1);
});

test("what is answered counts as kept no more", async () => {
  const link = new FakeLink();
  const writer = new EventWriter(link);
  writer.append("run", out("a"));
  (await sent(link, 1)).fail();
  const again = await sent(link, 2);
  assert.deepEqual([again.before, again.events.length], [0, 1]);
  again.answer(1);
  await eventually("nothing is kept", () => writer.keptChars === 0);
});

test("a further try of a run at the same process is counted for itself", async () => {
  const link = new FakeLink();
  const writer = new EventWriter(link);
  writer.begin("run", attempt(1));
  writer.append("run", out("a"));
  const first = await sent(link, 1);
  first.answer(1);
  await eventually("it is written", () => writer.keptChars === 0);
  writer.end("run");
  writer.begin("run", attempt(3));
  writer.append("run", done("run"));
  const second = await sent(link, 2);
  assert.deepEqual([second.attempt, second.before], [3, 0]);
  assert.notEqual(second.writer, first.writer);
});

test("what an earlier try could not write is not written as of a later one", async () => {
  const link = new FakeLink();
  const writer = new EventWriter(link);
  writer.begin("run", attempt(1));
  writer.append("run", done("run"));
  const first = await sent(link, 1);
  writer.end("run");
  writer.begin("run", attempt(3));
  writer.append("run", stage);
  first.answer(-2);
  const second = await sent(link, 2);
  assert.deepEqual(second.events, [JSON.stringify(stage)]);
});

test("what a job still prints after it was given to another worker goes nowhere", async () => {
  const link = new FakeLink();
  const writer = new EventWriter(link);
  let taken = false;
  writer.begin(
    "run",
    attempt(1, () => {
      taken = true;
    }),
  );
  writer.append("run", stage);
  (await sent(link, 1)).answer(-2);
  await eventually("it is told", () => taken);
  writer.append("run", out("late"));
  writer.append("run", done("run"));
  await writer.flush("run");
  writer.end("run");
  assert.equal(link.sent.length, 1);
  assert.equal(writer.keptChars, 0);
});
