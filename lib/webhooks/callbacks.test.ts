import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createLog } from "../log";
import { createCallbacks } from "./callbacks";
import { closedPort, openReceiver } from "./testing/receiver";

const receiver = await openReceiver();
after(() => receiver.close());

const OWNER = { id: "owner", account: "owner" };

const make = (rest: { retryAfterS?: number[] } = {}) =>
  createCallbacks({ secret: "the server's", allowPrivate: true, log: createLog("silent"), ...rest });

test("a callback that is not taken is tried again with what there is to tell then, until it is", async () => {
  receiver.answer(500, 302, 204);
  receiver.received.length = 0;
  const callbacks = make({ retryAfterS: [0, 0, 0] });
  let asked = 0;
  callbacks.put(OWNER, receiver.url, async () => `{"asked":${++asked}}`);
  await receiver.until(3);
  await callbacks.close();
  assert.deepEqual(
    receiver.received.map(({ method, body }) => [method, body]),
    [1, 2, 3].map((count) => ["PUT", `{"asked":${count}}`]),
  );
});

test("what is gone is not told, and neither is an address that must not be reached", async () => {
  receiver.answer(200);
  receiver.received.length = 0;
  const open = make();
  open.put(OWNER, receiver.url, async () => null);
  open.put(OWNER, receiver.url, () => Promise.reject(new Error("the store is away")));
  const log = createLog("silent");
  const problems: unknown[] = [];
  let look: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    look = () => problems.length === 3 && resolve();
  });
  log.info = ((said: { problem: unknown }) => {
    problems.push(said.problem);
    look();
  }) as typeof log.info;
  const closed = createCallbacks({ secret: "s", allowPrivate: false, log, retryAfterS: [] });
  for (const url of [receiver.url, receiver.url.replace("127.0.0.1", "localhost")])
    closed.put(OWNER, url, async () => "{}");
  closed.put(OWNER, `http://127.0.0.1:${await closedPort()}/`, async () => "{}");
  await all;
  await Promise.all([open.close(), closed.close()]);
  for (const problem of problems) assert.match(String(problem), /is not an address of the public internet/);
  assert.equal(receiver.received.length, 0);
});

/** Questions that are answered when the test says so; how many are asked at once is how many are sent. */
function questions() {
  const asked: { owner: string; answer: (text: string | null) => void }[] = [];
  const of = (owner: string) => () =>
    new Promise<string | null>((resolve) => {
      asked.push({ owner, answer: resolve });
    });
  return { asked, of };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("eight callbacks are sent at once, four of one account, and others follow in their order", async () => {
  const callbacks = make();
  const { asked, of } = questions();
  for (const owner of ["a", "a", "a", "a", "a", "a", "b", "c", "c", "c", "c"])
    callbacks.put({ id: `${asked.length}`, account: owner }, receiver.url, of(owner));
  await turn();
  const owners = () => asked.map(({ owner }) => owner).join("");
  assert.equal(owners(), "aaaabccc");
  asked[0]?.answer(null);
  await turn();
  assert.equal(owners(), "aaaabccca");
  asked[5]?.answer(null);
  await turn();
  assert.equal(owners(), "aaaabcccac");
  for (const { answer } of asked) answer(null);
  await turn();
  for (const { answer } of asked) answer(null);
  await callbacks.close();
  assert.equal(owners(), "aaaabcccaca");
});

test("an account has twenty callbacks at most: beyond them what waits for another attempt gives way to what is new", async () => {
  receiver.answer(500);
  receiver.received.length = 0;
  const log = createLog("silent");
  const given: unknown[] = [];
  log.info = ((said: { problem: unknown }) => given.push(said.problem)) as typeof log.info;
  const callbacks = createCallbacks({ secret: "s", allowPrivate: true, log, retryAfterS: [1_000] });
  for (let at = 0; at < 20; at++) callbacks.put(OWNER, receiver.url, async () => "{}");
  await receiver.until(20);
  while (given.length === 0) {
    callbacks.put(OWNER, receiver.url, async () => null);
    await turn();
  }
  assert.equal(given[0], "newer ones need its place");
  const { of } = questions();
  for (let at = 0; at < 21; at++) callbacks.put({ id: "other", account: "other" }, receiver.url, of("other"));
  assert.equal(given.at(-1), "too many callbacks wait");
  assert.equal(given.length, 2);
  // Those of the other owner are never answered.
  void callbacks.close();
});

test("an owner's secret is always the same and nobody else's, and another server's is another", () => {
  const callbacks = make();
  assert.match(callbacks.secretOf("a"), /^[0-9a-f]{64}$/);
  assert.equal(callbacks.secretOf("a"), make().secretOf("a"));
  assert.notEqual(callbacks.secretOf("a"), callbacks.secretOf("b"));
  const other = createCallbacks({ secret: "another's", allowPrivate: true, log: createLog("silent") });
  assert.notEqual(callbacks.secretOf("a"), other.secretOf("a"));
});
