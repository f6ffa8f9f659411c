import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { createLog } from "../log";
import { outcome } from "../runs/testing/runs-fixture";
import { tempStore } from "../runs/testing/temp-store";
import { createdUser } from "../store/contract/account-fixtures";
import { createWebhooks, type EndedRun } from ".";
import { RETRY_AFTER_S } from "./deliverer";
import { closedPort, openReceiver } from "./testing/receiver";

const store = tempStore();
const receiver = await openReceiver();
after(() => receiver.close());

const { status, output, durationMs } = outcome();
const RUN: EndedRun = { id: "gObjtt1_7QKpQ40jXEX6-m", language: "python", status, output, durationMs };

/** Somebody with a webhook, and a clock that goes as the test says. */
async function bench({ url = receiver.url, allowPrivate = true } = {}) {
  let now = Date.parse("2026-11-27T10:00:00Z");
  const webhooks = createWebhooks({
    ...{ store: store.webhooks, secret: "the server's own secret", allowPrivate },
    ...{ log: createLog("silent"), clock: () => new Date(now) },
  });
  const user = await createdUser(store.accounts, { plan: "free" });
  const viewer = { id: user.id, plan: user.plan, account: user.id };
  const { id, secret } = await webhooks.create(user.id, url);
  receiver.received.length = 0;
  return {
    ...{ webhooks, viewer, id, secret },
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
    log: async () => (await webhooks.deliveries(user.id, id))[0],
    end: () => webhooks.remove(user.id, id),
  };
}

test("a receiver that fails twice and then accepts has three attempts, each signed anew with the same id", async () => {
  const { webhooks, viewer, secret, pass, log, end } = await bench();
  receiver.answer(500, 503, 204);
  await webhooks.runEnded(viewer, RUN);
  assert.equal(await webhooks.deliverDue(), 1);
  assert.equal(await webhooks.deliverDue(), 0, "not before its time");
  pass(5);
  assert.equal(await webhooks.deliverDue(), 1);
  pass(59);
  assert.equal(await webhooks.deliverDue(), 0);
  pass(1);
  assert.equal(await webhooks.deliverDue(), 1);
  pass(90_000);
  assert.equal(await webhooks.deliverDue(), 0, "it is delivered");

  assert.equal(receiver.received.length, 3);
  const ids = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  const times = receiver.received.map(({ headers }) => Number(headers["webhook-timestamp"]));
  assert.equal(ids.size, 1);
  assert.deepEqual(
    times.map((time) => time - (times[0] ?? 0)),
    [0, 5, 65],
  );
  for (const { method, headers, body } of receiver.received) {
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const expected = createHmac("sha256", key).update(signed).digest("base64");
    assert.deepEqual([method, headers["webhook-signature"]], ["POST", `v1,${expected}`]);
    assert.equal(headers["content-type"], "application/json");
    const { type, data } = JSON.parse(body);
    assert.deepEqual([type, data.id, data.status], ["run.finished", RUN.id, "success"]);
  }
  const delivery = await log();
  assert.deepEqual([delivery?.status, delivery?.nextAt], ["delivered", null]);
  assert.deepEqual(
    delivery?.attempts.map(({ httpStatus, problem }) => [httpStatus, problem]),
    [
      [500, "It answered 500."],
      [503, "It answered 503."],
      [204, null],
    ],
  );
  await end();
});

test("it is tried ten times in less than a day, and then given up", async () => {
  const { webhooks, viewer, pass, log, end } = await bench();
  receiver.answer(500);
  await webhooks.runEnded(viewer, RUN);
  for (const wait of RETRY_AFTER_S) {
    assert.equal(await webhooks.deliverDue(), 1);
    pass(wait);
  }
  assert.equal((await log())?.status, "pending");
  assert.equal(await webhooks.deliverDue(), 1);
  const delivery = await log();
  assert.deepEqual([delivery?.status, delivery?.nextAt, delivery?.attempts.length], ["failed", null, 10]);
  pass(1_000_000);
  assert.equal(await webhooks.deliverDue(), 0);
  const total = RETRY_AFTER_S.reduce((sum, wait) => sum + wait, 0);
  assert.ok(total > 82_800 && total < 86_400, `${total} s`);
  await end();
});

test("a redirect is not followed", async () => {
  const { webhooks, viewer, log, end } = await bench();
  receiver.answer(302);
  await webhooks.runEnded(viewer, RUN);
  await webhooks.deliverDue();
  assert.equal(receiver.received.length, 1);
  assert.equal((await log())?.attempts[0]?.problem, "It answered 302; redirects are not followed.");
  await end();
});

test("an address of this machine is refused unless the operator allows it, also by a name", async () => {
  receiver.answer(200);
  const { port } = new URL(receiver.url);
  for (const url of [
    receiver.url,
    `http://localhost:${port}/`,
    `http://2130706433:${port}/`,
    `http://[::1]:${port}/`,
  ]) {
    const { webhooks, viewer, log, end } = await bench({ url, allowPrivate: false });
    await webhooks.runEnded(viewer, RUN);
    await webhooks.deliverDue();
    const [attempt] = (await log())?.attempts ?? [];
    assert.match(attempt?.problem ?? "", /is not an address of the public internet/, url);
    assert.equal(receiver.received.length, 0);
    await end();
  }
});

test("an address that does not answer is noted with its reason, and hurts no other", async () => {
  const dead = await bench({ url: `http://127.0.0.1:${await closedPort()}/` });
  const alive = await bench();
  for (const { webhooks, viewer } of [dead, alive]) await webhooks.runEnded(viewer, RUN);
  assert.equal(await alive.webhooks.deliverDue(), 2);
  assert.match((await dead.log())?.attempts[0]?.problem ?? "", /ECONNREFUSED/);
  assert.equal((await alive.log())?.status, "delivered");
  for (const { end } of [dead, alive]) await end();
});

test("the secret in the database is not the secret, and a webhook that is gone is told nothing", async () => {
  const { webhooks, viewer, secret, end } = await bench();
  const [kept] = await store.webhooks.list(viewer.id);
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.ok(kept && !kept.sealedSecret.includes(secret.slice(6)));
  await webhooks.runEnded(viewer, RUN);
  await end();
  assert.equal(await webhooks.deliverDue(), 0);
  await webhooks.runEnded({ id: "a guest", plan: "guest", account: "x" }, RUN);
  assert.equal(await webhooks.deliverDue(), 0);
});

test("a webhook whose secret does not open is given up at once, with words, and others are told", async () => {
  const before = await bench();
  const after = createWebhooks({
    ...{ store: store.webhooks, secret: "another secret of the server", allowPrivate: true },
    ...{ log: createLog("silent"), clock: () => new Date("2026-11-27T10:00:00Z") },
  });
  const user = await createdUser(store.accounts, { plan: "free" });
  const { id } = await after.create(user.id, receiver.url);
  receiver.answer(204);
  await before.webhooks.runEnded(before.viewer, RUN);
  await after.runEnded({ id: user.id, plan: user.plan, account: user.id }, RUN);
  assert.equal(await after.deliverDue(), 2);
  assert.equal((await after.deliveries(user.id, id))[0]?.status, "delivered");
  const given = await before.log();
  assert.deepEqual([given?.status, given?.nextAt, given?.attempts.length], ["failed", null, 1]);
  assert.match(given?.attempts[0]?.problem ?? "", /secret has changed.*make it anew/);
  assert.equal(receiver.received.length, 1);
  before.pass(100_000);
  assert.equal(await before.webhooks.deliverDue(), 0);
  await before.end();
  await after.remove(user.id, id);
});
