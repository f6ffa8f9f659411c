import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { queueUnavailable } from "../refusals";
import { collect, done, eventually, out, textOf } from "../testing/queue-fixture";
import { WATCH } from "./channel-scripts";
import { EventReader } from "./event-reader";

type Answer = [string, string, [string, string[]][]] | null;

/** A link whose answers to WATCH the test gives, in the order of the questions. */
class FakeLink {
  readonly process = "here";
  readonly log = createLog("silent");
  ready = true;
  readonly asked: { run: string; after: number; answer: (answer: Answer) => void; fail: () => void }[] = [];
  readonly #readers = new Map<string, (fields: readonly string[]) => void>();
  #resume: () => void = () => {};

  register(): void {}

  on(letter: string, read: (fields: readonly string[]) => void): void {
    this.#readers.set(letter, read);
  }

  onReady(resume: () => void): void {
    this.#resume = resume;
  }

  run(script: { name: string }, ...args: readonly (string | number)[]): Promise<unknown> {
    if (script.name !== WATCH.name) return Promise.resolve(null);
    const [run = "", , after = 0] = args;
    return new Promise<unknown>((answer, reject) => {
      this.asked.push({
        ...{ run: String(run), after: Number(after), answer },
        fail: () => reject(queueUnavailable()),
      });
    });
  }

  becomesReady(): void {
    this.ready = true;
    this.#resume();
  }

  says(letter: string, ...fields: string[]): void {
    this.#readers.get(letter)?.(fields);
  }
}

const reading = (link: FakeLink) =>
  new EventReader(link, {
    onEnd: () => {},
    onUnwatched: () => {},
    onKnownAgain: () => {},
    flush: async () => {},
  });
const entry = (seq: number, event: object): [string, string[]] => [`${seq}-0`, ["e", JSON.stringify(event)]];
const told = (...events: object[]) => JSON.stringify(events);

test("what was lost between an answer that is on its way and the connection being there again is asked for", async () => {
  const link = new FakeLink();
  const reader = reading(link);
  const events = collect(reader.watch("run", 0));
  // Messages of until now are lost; the answer may be older than they are.
  link.becomesReady();
  link.asked[0]?.answer(["1", "", [entry(1, out("a"))]]);
  await eventually("it is asked again", () => link.asked.length === 2);
  assert.equal(link.asked[1]?.after, 1, "only for what is not here");
  link.asked[1]?.answer(["2", "1", [entry(2, done("run"))]]);
  assert.equal(textOf(await events), "a");
});

test("an event that does not follow on what is loaded just then has it loaded once more", async () => {
  const link = new FakeLink();
  const reader = reading(link);
  const events = collect(reader.watch("run", 0));
  link.says("e", "run", "3", told(done("run")));
  link.asked[0]?.answer(["1", "", [entry(1, out("a"))]]);
  await eventually("it is asked again", () => link.asked.length === 2);
  link.asked[1]?.answer(["3", "1", [entry(2, out("b")), entry(3, done("run"))]]);
  assert.equal(textOf(await events), "ab");
});

test("after an outage a few runs at a time are asked for, each from what is here on", async () => {
  const link = new FakeLink();
  const reader = reading(link);
  const runs = Array.from({ length: 30 }, (_, run) => `run ${run}`);
  for (const run of runs) {
    reader.open(run);
    link.says("e", run, "1", told(out("a")));
  }
  link.becomesReady();
  for (let answered = 0; answered < runs.length; answered++) {
    await eventually(`${answered} is asked`, () => link.asked.length > answered);
    assert.ok(link.asked.length - answered <= 8, `${link.asked.length - answered} at once`);
    assert.equal(link.asked[answered]?.after, 1);
    link.asked[answered]?.answer(["1", "", []]);
  }
  assert.deepEqual(
    link.asked.map(({ run }) => run),
    runs,
  );
});

test("a question that is not answered is asked again, and while Redis is away when it is back", async () => {
  const link = new FakeLink();
  const reader = reading(link);
  const events = collect(reader.watch("run", 0));
  link.asked[0]?.fail();
  await eventually("it is asked again", () => link.asked.length === 2);
  link.ready = false;
  link.asked[1]?.fail();
  await new Promise((resolve) => setImmediate(resolve));
  link.becomesReady();
  await eventually("it is asked again", () => link.asked.length === 3);
  link.asked[2]?.answer(["1", "1", [entry(1, done("run"))]]);
  assert.equal((await events).length, 1);
});

test("a run that Redis had forgotten is said to be known again when its worker has told of it", async () => {
  const link = new FakeLink();
  const again: string[] = [];
  const options = { onEnd: () => {}, onUnwatched: () => {}, flush: async () => {} };
  const reader = new EventReader(link, { ...options, onKnownAgain: (run) => void again.push(run) });
  reader.open("run");
  link.becomesReady();
  link.asked[0]?.answer(null);
  await eventually("it is asked again", () => link.asked.length === 2);
  assert.deepEqual(again, []);
  link.asked[1]?.answer(["1", "", []]);
  await eventually("it is known", () => again.length === 1);
});
