import assert from "node:assert/strict";
import { test } from "node:test";
import { aResult } from "./contract/fixtures";
import { storedResultSchema } from "./stored-run";

test("a result that was written before there was a choice of isolation had a container of its own", () => {
  const { isolation, ...old } = aResult({ id: "r1" });
  assert.equal(storedResultSchema.parse(old).isolation, "container");
  assert.equal(storedResultSchema.parse({ ...old, isolation }).isolation, "cell");
});
