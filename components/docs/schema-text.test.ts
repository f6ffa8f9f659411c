import assert from "node:assert/strict";
import { test } from "node:test";
import { schemaName, schemaText } from "./schema-text";

test("a schema is said in a few words", () => {
  assert.equal(schemaText({ type: "integer", minimum: 1, maximum: 100 }), "integer, 1 to 100");
  assert.equal(schemaText({ type: "string", maxLength: 102_400 }), "string, at most 102,400 characters");
  assert.equal(schemaText({ type: "array", items: { $ref: "#/components/schemas/Run" } }), "list of Run");
  assert.equal(schemaText({ anyOf: [{ type: "string" }, { type: "null" }] }), "string | null");
  assert.equal(schemaText({ type: "string", enum: ["json", "csv"] }), '"json" | "csv"');
  assert.equal(schemaText({}), "anything");
});

test("a bound that every number keeps is not said", () => {
  const schema = { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
  assert.equal(schemaText(schema), "integer");
});

test("a reference is called by what it leads to", () => {
  assert.equal(schemaName("#/components/schemas/RunResult"), "RunResult");
});
