import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import type { Store } from "..";
import { aKey, createdSession, createdUser, later, NOW } from "../contract/account-fixtures";
import {
  accept,
  aRequest,
  aResult,
  aRun,
  createdRun,
  everyPage,
  finishedRun,
  listedIds,
  newOwner,
} from "../contract/fixtures";
import { dayOf } from "../spans";
import { withDatabase } from "../testing/mongo-server";
import { overMongo } from "../testing/over-mongo";
import { MongoDatabase } from "./database";
import { openMongoStore } from "./index";
import { NEW_RECOUNT, type Recount, recount, recountSome } from "./kept";
import { MIGRATIONS } from "./migrations";

const log = createLog("silent");

await overMongo((server) => {
  const open = () => openMongoStore({ uri: server.uri, log, answerWithinMs: 20_000 });

  describe(`the store on ${server.name}`, () => {
    let store: Store;
    before(() => {
      store = open();
    });
    after(() => store.close());

    test("processes that live do not close one another's runs; of those that ended they do", async () => {
      const other = open();
      const run = await createdRun(other);
      await store.closeInterrupted();
      assert.equal((await store.findRun(run.id, run.owner))?.status, "running");
      await other.close();
      assert.ok((await store.closeInterrupted()) >= 1);
      assert.equal((await store.findRun(run.id, run.owner))?.status, "system_error");
    });

    test("many processes that close the same runs at once give each charge back once", async () => {
      const owner = newOwner();
      const other = open();
      const day = new Date().toISOString().slice(0, 10);
      for (let n = 0; n < 5; n++) {
        await createdRun(other, { owner });
      }
      await finishedRun(other, { owner });
      await other.close();
      const closers = Array.from({ length: 4 }, open);
      await Promise.all(closers.map((closer) => closer.closeInterrupted()));
      assert.deepEqual(await store.usage(owner, day, day), [{ day, runs: 1 }]);
      assert.equal((await store.listRuns(owner, { status: "system_error" })).runs.length, 5);
      await Promise.all(closers.map((closer) => closer.close()));
    });

    test("a finish that was cut short after its result is completed, not replaced, and given back as it says", async () => {
      const other = open();
      const run = await createdRun(other);
      const day = run.createdAt.toISOString().slice(0, 10);
      assert.deepEqual(await store.usage(run.owner, day, day), [{ day, runs: 1 }]);
      await withDatabase(server.uri, async (connection) => {
        const results = connection.collection<{ _id: string }>("run_results");
        await results.insertOne({
          _id: run.id,
          ...{ attempt: "x", result: aResult(run, { message: "cut short" }), refund: true },
        });
      });
      await other.close();
      await store.closeInterrupted();
      const found = await store.findRun(run.id, run.owner);
      assert.deepEqual([found?.status, found?.result?.message], ["success", "cut short"]);
      assert.deepEqual(await store.usage(run.owner, day, day), []);
    });

    test("a beginning that was cut short is removed", async () => {
      const other = open();
      const run = await createdRun(other);
      await withDatabase(server.uri, async (connection) => {
        await connection.collection<{ _id: string }>("run_requests").deleteOne({ _id: run.id });
      });
      assert.equal(await store.findRun(run.id, run.owner), null);
      await other.close();
      await store.closeInterrupted();
      assert.deepEqual(await everyPage(store, run.owner), [{ runs: [], nextCursor: null }]);
    });

    test("parts that a deletion came too early for are removed an hour later", async () => {
      const run = await finishedRun(store);
      await store.deleteRun(run.id, run.owner);
      await withDatabase(server.uri, async (connection) => {
        const collection = (name: string) => connection.collection<{ _id: string }>(name);
        await collection("run_results").insertOne({ _id: run.id, ...{ attempt: "x", result: aResult(run) } });
        await store.prune(new Date(0));
        assert.ok(await collection("run_results").findOne({ _id: run.id }));
        const at = new Date(Date.now() - 3_601_000);
        await collection("deletions").updateOne({ _id: run.id }, { $set: { at } });
        await store.prune(new Date(0));
        assert.equal(await collection("run_results").findOne({ _id: run.id }), null);
        assert.equal(await collection("deletions").findOne({ _id: run.id }), null);
      });
    });

    test("deleting a run leaves no document of it", async () => {
      const run = await createdRun(store);
      await store.putArtifacts(run.id, [{ name: "a", type: "x", bytes: Buffer.from("a") }]);
      await store.finishRun(run.id, aResult(run));
      await store.deleteRun(run.id, run.owner);
      await withDatabase(server.uri, async (connection) => {
        for (const name of ["runs", "run_requests", "run_results"]) {
          assert.equal(
            await connection.collection<{ _id: string }>(name).findOne({ _id: run.id }),
            null,
            name,
          );
        }
        assert.equal(await connection.collection("artifacts").findOne({ run: run.id }), null);
      });
    });

    test("a run that cannot be written whole is removed and its charge given back, without anybody's else", async () => {
      const owner = newOwner();
      const kept = await createdRun(store, { owner });
      const day = dayOf(kept.createdAt);
      // Larger than a document may be: the row is written, then the request is not.
      const run = aRun({ owner, request: aRequest({ code: "x".repeat(17 * 1_048_576) }) });
      await assert.rejects(accept(store, run));
      await store.closeInterrupted();
      assert.deepEqual(await store.usage(owner, day, day), [{ day, runs: 1 }]);
      assert.deepEqual(await listedIds(store, owner), [kept.id]);
      // Accepted on a retry, it must survive the clean-up after the failed attempt.
      await accept(store, { ...run, request: aRequest() });
      await store.closeInterrupted();
      assert.deepEqual(await store.usage(owner, day, day), [{ day, runs: 2 }]);
      assert.equal((await store.findRun(run.id, owner))?.status, "running");
    });

    test("totals that a dead process left wrong are put right in steps of some runs, those of plans with the last", async () => {
      const owners = Array.from({ length: 4 }, () => newOwner());
      for (const owner of owners)
        for (let n = 0; n < 3; n++) await finishedRun(store, { owner, plan: "pro" });
      const right = await Promise.all(owners.map((owner) => store.kept(owner)));
      const database = new MongoDatabase({ uri: server.uri, log, answerWithinMs: 20_000 });
      const totals = () =>
        database.step((models) =>
          models.kept
            .find({ _id: /^plan / })
            .sort({ _id: 1 })
            .lean(),
        );
      await database.step((models) => recount(models, new Date()));
      const plans = await totals();
      await database.step(async ({ kept }) => {
        await kept.updateOne({ _id: `owner ${owners[0]}` }, { $inc: { runs: 7, bytes: 1e6 } });
        await kept.deleteOne({ _id: `owner ${owners[3]}` });
        await kept.insertMany([{ _id: "owner nobody", runs: 3, bytes: 9, removedRuns: 0, removedAt: null }]);
        await kept.updateOne({ _id: "plan pro" }, { $inc: { runs: -2, bytes: -5_000 } });
      });
      let steps = 0;
      for (let at: Recount | null = NEW_RECOUNT(); at; steps++) {
        const from: Recount = at;
        at = await database.step((models): Promise<Recount | null> => recountSome(models, from, 2));
      }
      assert.ok(steps >= 4, `${steps} steps`);
      assert.deepEqual(await Promise.all(owners.map((owner) => store.kept(owner))), right);
      assert.equal(await database.step(({ kept }) => kept.exists({ _id: "owner nobody" })), null);
      assert.deepEqual(await totals(), plans);
      await database.close();
    });

    test("what is made for a user who is being deleted is removed an hour later", async () => {
      const user = await createdUser(store.accounts);
      await store.accounts.deleteUser(user.id);
      await withDatabase(server.uri, async (connection) => {
        const sessions = connection.collection("sessions");
        // As by a sign-in whose process died before it looked for its user.
        await sessions.insertOne({ user: user.id, attempt: "", createdAt: NOW, expiresAt: later(1_000) });
        await store.prune(new Date(0));
        assert.ok(await sessions.findOne({ user: user.id }));
        const at = new Date(Date.now() - 3_601_000);
        await connection
          .collection<{ _id: string }>("deletions")
          .updateOne({ _id: user.id }, { $set: { at } });
        await store.prune(new Date(0));
        assert.equal(await sessions.findOne({ user: user.id }), null);
      });
    });

    test("deleting a user leaves no document of theirs", async () => {
      const user = await createdUser(store.accounts);
      await createdSession(store.accounts, user.id);
      await store.accounts.createKey(aKey(user.id), 10);
      await createdRun(store, { owner: user.id });
      await store.accounts.deleteUser(user.id);
      await withDatabase(server.uri, async (connection) => {
        const find = (name: string, filter: object) => connection.collection(name).findOne(filter);
        assert.equal(await find("users", { email: user.email }), null);
        assert.equal(await find("sessions", { user: user.id }), null);
        assert.equal(await find("keys", { owner: user.id }), null);
        assert.equal(await find("usage", { owner: user.id }), null);
      });
    });

    test("a key of before there were ceilings has none", async () => {
      const key = aKey((await createdUser(store.accounts)).id);
      await store.accounts.createKey(key, 1);
      await withDatabase(server.uri, async (connection) => {
        const fields = { requestsPerMinute: 1, runsPerDay: 1 };
        await connection.collection("keys").updateOne({ hash: key.hash }, { $unset: fields });
      });
      assert.deepEqual(await store.accounts.listKeys(key.owner), [
        { ...key, requestsPerMinute: null, runsPerDay: null },
      ]);
    });

    test("a database of before accounts opens with its runs, and gives back what was left running to its owner", async () => {
      const uri = server.uri.replace(/quicksand_test_/, "quicksand_test_old_");
      const earlier = openMongoStore({ uri, log, answerWithinMs: 20_000 });
      const ended = await finishedRun(earlier);
      const left = await createdRun(earlier, { owner: ended.owner, createdAt: ended.createdAt });
      await earlier.close();
      await withDatabase(uri, async (connection) => {
        for (const name of ["users", "sessions", "keys", "audit"]) await connection.dropCollection(name);
        await connection.collection("runs").dropIndex("createdAt_1_status_1");
        await connection.collection("runs").updateMany({}, { $unset: { chargedTo: 1 } });
        await connection
          .collection<{ _id: string }>("schema")
          .updateOne({ _id: "quicksand" }, { $set: { version: 1 } });
      });
      const later = openMongoStore({ uri, log, answerWithinMs: 20_000 });
      assert.equal(await later.closeInterrupted(), 1);
      assert.equal((await later.findRun(left.id, left.owner))?.status, "system_error");
      assert.equal((await later.findRun(ended.id, ended.owner))?.status, "success");
      const day = dayOf(ended.createdAt);
      assert.deepEqual(await later.usage(ended.owner, day, day), [{ day, runs: 1 }]);
      const user = await createdUser(later.accounts);
      assert.equal(await later.accounts.createUser({ ...user, id: "another" }), false);
      await later.close();
      await withDatabase(uri, async (connection) => {
        const indexes = await connection.collection("runs").indexes();
        assert.ok(indexes.some(({ name }) => name === "createdAt_1_status_1"));
        const schema = await connection
          .collection<{ _id: string; version: number }>("schema")
          .findOne({ _id: "quicksand" });
        assert.equal(schema?.version, MIGRATIONS.length);
        await connection.dropDatabase();
      });
    });

    test("schema and indexes are made by many processes at once without harm", async () => {
      const uri = server.uri.replace(/quicksand_test_/, "quicksand_test_many_");
      const stores = Array.from({ length: 4 }, () => openMongoStore({ uri, log, answerWithinMs: 20_000 }));
      try {
        await Promise.all(stores.map((each) => accept(each, aRun())));
      } finally {
        await Promise.all(stores.map((each) => each.close()));
        await withDatabase(uri, async (connection) => void (await connection.dropDatabase()));
      }
    });

    test("a database of a later Quicksand is refused, with what to do", async () => {
      const uri = server.uri.replace(/quicksand_test_/, "quicksand_test_later_");
      const first = openMongoStore({ uri, log, answerWithinMs: 20_000 });
      await accept(first, aRun());
      await first.close();
      await withDatabase(uri, async (connection) => {
        const schema = connection.collection<{ _id: string; version: number }>("schema");
        await schema.updateOne({ _id: "quicksand" }, { $set: { version: 9999 } });
      });
      const later = openMongoStore({ uri, log, answerWithinMs: 20_000 });
      await assert.rejects(accept(later, aRun()), (error) => {
        return error instanceof AppError && error.code === "store_unavailable" && /9999/.test(error.message);
      });
      await later.close();
      await withDatabase(uri, async (connection) => void (await connection.dropDatabase()));
    });

    test("a closed store says so, and closing again is harmless", async () => {
      const closed = open();
      await closed.health();
      await closed.close();
      await closed.close();
      await assert.rejects(
        closed.getRun("x"),
        (error) => error instanceof AppError && /closed/.test(error.message),
      );
    });
  });
});
