import assert from "node:assert/strict";
import { test } from "node:test";
import type { BegunRequest } from "../answers";
import { type ContractDatabase, newId } from "./fixtures";

const START = Date.parse("2026-11-27T10:00:00Z");
const at = (ms: number) => new Date(START + ms);

function begun(id: string, ms: number, rest: Partial<BegunRequest> = {}): BegunRequest {
  return {
    ...{ id, fingerprint: "sent", startedAt: at(ms), expiresAt: at(ms + 1_000) },
    ...{ givenUpBefore: at(ms - 100), ...rest },
  };
}

/** Answers of requests that may be sent again. */
export function answerContract(database: () => ContractDatabase): void {
  test("of requests with one id that come at once one begins, and the others are told so", async () => {
    const { answers } = database().store;
    const id = newId();
    const all = await Promise.all(Array.from({ length: 10 }, () => answers.begin(begun(id, 0))));
    assert.equal(all.filter((each) => each === null).length, 1);
    assert.deepEqual(
      all.find((each) => each !== null),
      { fingerprint: "sent", answer: null },
    );
  });

  test("an answer is there for whoever asks again, in another process too, until it expires", async () => {
    const { answers } = database().store;
    const id = newId();
    await answers.begin(begun(id, 0));
    await answers.keep(id, "the answer \0 é");
    const { answers: reopened } = await database().reopen();
    const kept = { fingerprint: "sent", answer: "the answer \0 é" };
    assert.deepEqual(await reopened.begin(begun(id, 999, { fingerprint: "other" })), kept);
    assert.equal(await reopened.begin(begun(id, 1_000, { fingerprint: "other" })), null);
    assert.deepEqual(await reopened.begin(begun(id, 1_001)), { fingerprint: "other", answer: null });
  });

  test("a request that is forgotten, or was given up, begins anew", async () => {
    const { answers } = database().store;
    const [failed, left] = [newId(), newId()];
    for (const id of [failed, left]) assert.equal(await answers.begin(begun(id, 0)), null);
    await answers.forget(failed);
    assert.equal(await answers.begin(begun(failed, 1)), null);
    assert.notEqual(await answers.begin(begun(left, 100)), null);
    assert.equal(await answers.begin(begun(left, 101)), null, "it began more than 100 ms ago");
    await answers.forget(newId());
  });

  test("expired answers are pruned", async () => {
    const { store } = database();
    const [old, fresh] = [newId(), newId()];
    await store.answers.begin(begun(old, 0));
    await store.answers.begin(begun(fresh, 1));
    await store.prune(at(1_000));
    // Had it not been pruned, it would still be there at a time before its end.
    assert.equal(await store.answers.begin(begun(old, 1)), null);
    assert.notEqual(await store.answers.begin(begun(fresh, 2)), null);
  });
}
