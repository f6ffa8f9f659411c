import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createLog } from "../log";
import { createCallbacks } from "./callbacks";
import { closedPort, openReceiver } from "./testing/receiver";

const receiver = await openReceiver();
after(() => receiver.close());

const make = (rest: { retryAfterS?: number[] } = {}) =>
  createCallbacks({ secret: "the server's", allowPrivate: true, log: createLog("silent"), ...rest });

test("a callback that is not taken is tried again with what there is to tell then, until it is", async () => {
  receiver.answer(500, 302, 204);
  receiver.received.length = 0;
  const callbacks = make({ retryAfterS: [0, 0, 0] });
  let asked = 0;
  callbacks.put("owner", receiver.url, async () => `{"asked":${++asked}}`);
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
  open.put("owner", receiver.url, async () => null);
  open.put("owner", receiver.url, () => Promise.reject(new Error("the store is away")));
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
    closed.put("owner", url, async () => "{}");
  closed.put("owner", `http://127.0.0.1:${await closedPort()}/`, async () => "{}");
  await all;
  await Promise.all([open.close(), closed.close()]);
  for (const problem of problems) assert.match(String(problem), /is not an address of the public internet/);
  assert.equal(receiver.received.length, 0);
});

test("an owner's secret is always the same and nobody else's, and another server's is another", () => {
  const callbacks = make();
  assert.match(callbacks.secretOf("a"), /^[0-9a-f]{64}$/);
  assert.equal(callbacks.secretOf("a"), make().secretOf("a"));
  assert.notEqual(callbacks.secretOf("a"), callbacks.secretOf("b"));
  const other = createCallbacks({ secret: "another's", allowPrivate: true, log: createLog("silent") });
  assert.notEqual(callbacks.secretOf("a"), other.secretOf("a"));
});
