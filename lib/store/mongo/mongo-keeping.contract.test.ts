import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { storeContracts } from "../store.contract";
import { PlanWatch } from "../testing/explain";
import { overMongo, reopenable } from "../testing/over-mongo";
import { openMongoStore } from "./index";

const log = createLog("silent");

// Beside the other half, see mongo-governing.contract.test.ts.
await overMongo((server) => {
  const plans = new PlanWatch();
  const { onCommand } = plans;
  const open = () => openMongoStore({ uri: server.uri, log, onCommand, answerWithinMs: 20_000 });

  storeContracts.keeping(`MongoDB's protocol (${server.name})`, reopenable(open));

  test("no query of this half reads a collection from end to end", async () => {
    assert.ok(plans.kinds > 40, `only ${plans.kinds} kinds of commands were seen`);
    assert.deepEqual(await plans.scanning(server.uri), []);
  });
});
