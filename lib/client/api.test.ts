import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ApiError, call } from "./api";

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

test("an answer that does not fit the endpoint is told in words, and never as what a schema says of it", async () => {
  for (const body of ['{"runs":[]}', "<p>a proxy's page</p>", ""]) {
    globalThis.fetch = async () => new Response(body);
    await assert.rejects(call("getRun", { params: { id: "x" } }), (error) => {
      assert.ok(error instanceof ApiError, String(error));
      assert.equal(error.code, "internal");
      assert.match(error.message, /^The server's answer is not what this page expects\. Load the page again/);
      return true;
    });
  }
});
