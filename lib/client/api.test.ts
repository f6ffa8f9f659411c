import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ApiError, call, orUnreachable, UNREACHABLE } from "./api";

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

test("a part of the page that cannot be loaded is told as a server that does not answer", async () => {
  const cause = new Error("Failed to load chunk");
  await assert.rejects(orUnreachable(Promise.reject(cause)), (error) => {
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.code, UNREACHABLE);
    assert.equal(error.cause, cause);
    return true;
  });
});

test("a request that was given up while its part of the page was loaded ends as given up", async () => {
  const reason = new Error("left");
  await assert.rejects(orUnreachable(Promise.reject(new Error("chunk")), AbortSignal.abort(reason)), reason);
});

test("a request is sent before the task that asked for it ends, the first one too", async () => {
  let sent = 0;
  globalThis.fetch = async () => {
    sent += 1;
    return new Response("{}");
  };
  let over = false;
  setImmediate(() => {
    over = true;
  });
  const answer = call("account", { keepalive: true }).catch(() => {});
  // A page that is left runs what is waiting, and no task more.
  for (let turn = 0; turn < 20 && sent < 1; turn++) await Promise.resolve();
  assert.equal(sent, 1);
  assert.equal(over, false);
  await answer;
});

test("what the server says of a refusal is told, and a refusal without words has some", async () => {
  const refusal = { error: { code: "not_found", message: "There is no such run.", details: [] } };
  for (const [body, message] of [
    [JSON.stringify(refusal), /^There is no such run\.$/],
    ["<p>a proxy's page</p>", /^The server answered with status 404 and no explanation/],
  ] as const) {
    globalThis.fetch = async () => new Response(body, { status: 404 });
    await assert.rejects(call("getRun", { params: { id: "x" } }), { name: "ApiError", message });
  }
});
