import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { storeContracts } from "../store.contract";
import { PlanWatch } from "../testing/explain";
import { overMongo, reopenable } from "../testing/over-mongo";
import { openMongoStore } from "./index";

const log = createLog("silent");

// In a file of its own, which runs beside the other half: the stand-in for MongoDB has one processor.
await overMongo((server) => {
  const plans = new PlanWatch();
  const { onCommand } = plans;
  const open = () => openMongoStore({ uri: server.uri, log, onCommand, answerWithinMs: 20_000 });

  storeContracts.governing(`MongoDB's protocol (${server.name})`, reopenable(open));

  test("no query of this half reads a collection from end to end", async () => {
    assert.ok(plans.kinds > 20, `only ${plans.kinds} kinds of commands were seen`);
    assert.deepEqual(await plans.scanning(server.uri), []);
  });
});
