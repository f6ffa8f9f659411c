import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import type { Delivery, Webhook } from "../webhooks";
import { createdUser, later, NOW } from "./account-fixtures";
import { type ContractDatabase, newId } from "./fixtures";

function aWebhook(owner: string, webhook: Partial<Webhook> = {}): Webhook {
  const url = "https://example.org/hook?é=\u0000";
  return { id: newId(), owner, url, sealedSecret: "sealed", createdAt: NOW, ...webhook };
}

function aDelivery(webhook: string, delivery: Partial<Delivery> = {}): Delivery {
  return {
    ...{ id: newId(), webhook, run: newId(), body: '{"a":"\u0000 é"}', status: "pending", createdAt: NOW },
    ...{ nextAt: NOW, expiresAt: later(10_000), attempts: [], ...delivery },
  };
}

const attempt = { at: NOW.toISOString(), httpStatus: 500, problem: "It answered 500.", durationMs: 12.5 };

/** Webhooks and what they are told. Moments here are in the past, so that a server's own deliveries do not come in between. */
export function webhookContract(database: () => ContractDatabase): void {
  test("webhooks are their owner's, in order, and no more than there may be, however many are made at once", async () => {
    const { accounts, webhooks } = database().store;
    const [owner, other] = [await createdUser(accounts), await createdUser(accounts)];
    const made = Array.from({ length: 8 }, (_, at) => aWebhook(owner.id, { createdAt: later(at) }));
    const kept = await Promise.all(made.map((each) => webhooks.create(each, 3)));
    assert.equal(kept.filter(Boolean).length, 3);
    const list = await webhooks.list(owner.id);
    assert.deepEqual(
      list,
      made.filter((_, at) => kept[at]),
    );
    assert.deepEqual(await webhooks.list(other.id), []);
    const [first] = list;
    assert.equal(await webhooks.remove(first?.id ?? "", other.id), false);
    assert.equal(await webhooks.remove(first?.id ?? "", owner.id), true);
    assert.equal(await webhooks.create(aWebhook(owner.id), 3), true);
    assert.equal(await webhooks.create(aWebhook(newId()), 3), false, "nobody's");
    const taken = webhooks.create(aWebhook(other.id, { id: list[1]?.id ?? "" }), 1_000_000_000);
    await assert.rejects(taken, (error) => error instanceof AppError && error.code === "conflict");
  });

  test("a delivery is taken by one, when it is due, and again when whoever took it did not come back", async () => {
    const { accounts, webhooks } = database().store;
    const webhook = aWebhook((await createdUser(accounts)).id);
    await webhooks.create(webhook, 5);
    const [soon, now] = [aDelivery(webhook.id, { nextAt: later(5) }), aDelivery(webhook.id)];
    for (const each of [soon, now]) await webhooks.addDelivery(each);
    assert.equal(await webhooks.takeDue(later(-1), later(50)), null);
    const taken = await Promise.all([1, 2, 3].map(() => webhooks.takeDue(later(1), later(50))));
    assert.deepEqual(
      taken.filter((each) => each !== null),
      [{ delivery: now, webhook }],
    );
    assert.equal((await webhooks.takeDue(later(6), later(60)))?.delivery.id, soon.id);
    assert.equal(await webhooks.takeDue(later(49), later(90)), null);
    assert.equal((await webhooks.takeDue(later(50), later(90)))?.delivery.id, now.id);
    await webhooks.remove(webhook.id, webhook.owner);
  });

  test("attempts are noted, and what is delivered or given up is due no more", async () => {
    const { accounts, webhooks } = database().store;
    const webhook = aWebhook((await createdUser(accounts)).id);
    await webhooks.create(webhook, 5);
    const delivery = aDelivery(webhook.id);
    await webhooks.addDelivery(delivery);
    await webhooks.noteAttempt(delivery.id, { attempt, status: "pending", nextAt: later(5) });
    const good = { ...attempt, httpStatus: 204, problem: null };
    await webhooks.noteAttempt(delivery.id, { attempt: good, status: "delivered", nextAt: null });
    const [kept] = await webhooks.listDeliveries(webhook.id, webhook.owner, 10);
    assert.deepEqual(kept, { ...delivery, status: "delivered", nextAt: null, attempts: [attempt, good] });
    assert.equal(await webhooks.takeDue(later(100), later(200)), null);
    assert.deepEqual(await webhooks.listDeliveries(webhook.id, newId(), 10), []);
    await webhooks.noteAttempt(newId(), { attempt, status: "failed", nextAt: null });
  });

  test("the newest deliveries are listed, old ones are pruned, and all go with their webhook and its owner", async () => {
    const { store } = database();
    const { accounts, webhooks } = store;
    const owner = await createdUser(accounts);
    const [webhook, second] = [aWebhook(owner.id), aWebhook(owner.id)];
    for (const each of [webhook, second]) await webhooks.create(each, 5);
    const made = [0, 1, 2].map((at) =>
      aDelivery(webhook.id, {
        createdAt: later(at),
        expiresAt: later(100 + at),
        nextAt: null,
        status: "failed",
      }),
    );
    for (const each of made) await webhooks.addDelivery(each);
    const listed = async (id = webhook.id, limit = 10) =>
      (await webhooks.listDeliveries(id, owner.id, limit)).map((each) => each.id);
    const ids = made.map(({ id }) => id).reverse();
    assert.deepEqual([await listed(), await listed(webhook.id, 2)], [ids, ids.slice(0, 2)]);
    await store.prune(later(101));
    assert.deepEqual(await listed(), ids.slice(0, 1));
    await webhooks.remove(webhook.id, owner.id);
    assert.deepEqual(await listed(), []);
    assert.equal(await webhooks.addDelivery(aDelivery(webhook.id)), false);
    assert.equal(await webhooks.addDelivery(aDelivery(second.id)), true);
    assert.equal((await listed(second.id)).length, 1);
    await accounts.deleteUser(owner.id);
    assert.deepEqual([await webhooks.list(owner.id), await listed(second.id)], [[], []]);
    assert.equal(await webhooks.takeDue(later(100), later(200)), null);
  });
}
