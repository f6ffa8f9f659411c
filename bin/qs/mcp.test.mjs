// @ts-check
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { QuicksandError } from "../../lib/client/node/error.mjs";
import { carry } from "./mcp.mjs";

/** @typedef {{ id?: string | number, method?: string, result?: object, error?: object }} Said */
/** @typedef {(sent: { body: Said, headers?: Record<string, string>, signal?: AbortSignal | undefined }) => Response | Promise<Response>} Server */

/** An assistant that has started `qs mcp`, with a server behind it. @param {Server} answer */
function assistant(answer) {
  const input = new PassThrough();
  /** @type {Said[]} */
  const said = [];
  let heard = () => {};
  const output = {
    /** @param {string} line */
    write(line) {
      assert.match(line, /^[^\n]+\n$/);
      said.push(JSON.parse(line));
      heard();
    },
  };
  const over = carry(createInterface({ input }), output, {
    send: async (_path, { body, ...sent } = {}) => answer({ ...sent, body: /** @type {Said} */ (body) }),
  });
  return {
    over,
    end: () => input.end(),
    /** @param {object | string} message */
    say: (message) => input.write(`${typeof message === "string" ? message : JSON.stringify(message)}\n`),
    /** Resolves when so many messages have come back. @param {number} count @returns {Promise<Said[]>} */
    until: (count) =>
      new Promise((resolve) => {
        heard = () => said.length >= count && resolve(said);
        heard();
      }),
  };
}

/** @param {object[]} messages */
const streamed = (...messages) =>
  new Response(messages.map((message) => `event: message\ndata: ${JSON.stringify(message)}\n\n`).join(""), {
    headers: { "content-type": "text/event-stream" },
  });

test("messages are carried both ways, with the version that was agreed upon", async () => {
  /** @type {(string | undefined)[]} */
  const versions = [];
  const { say, until, end, over } = assistant(({ body, headers }) => {
    versions.push(headers?.["mcp-protocol-version"]);
    if (body.id === undefined) return new Response(null, { status: 202 });
    if (body.method === "initialize")
      return streamed({ id: body.id, result: { protocolVersion: "2025-11-25" } });
    return streamed({ method: "notifications/progress" }, { id: body.id, result: {} });
  });
  say({ id: 1, method: "initialize" });
  await until(1);
  say({ method: "notifications/initialized" });
  say({ id: 2, method: "tools/call" });
  const said = await until(3);
  assert.deepEqual(said.slice(1), [{ method: "notifications/progress" }, { id: 2, result: {} }]);
  assert.deepEqual(versions, [undefined, "2025-11-25", "2025-11-25"]);
  end();
  await over;
});

test("a refusal, and what is no message, are errors of the protocol", async () => {
  const { say, until, end, over } = assistant(() => {
    throw new QuicksandError("unauthorized", "This API key does not work.");
  });
  say("no JSON");
  say({ id: "a", method: "tools/list" });
  say({ method: "notifications/initialized" });
  assert.deepEqual(await until(2), [
    { jsonrpc: "2.0", id: null, error: { code: -32_700, message: "A line is no JSON object." } },
    { jsonrpc: "2.0", id: "a", error: { code: -32_000, message: "This API key does not work." } },
  ]);
  end();
  await over;
});

test("a request that is cancelled, or left when the assistant ends, is given up on the server", async () => {
  /** @type {(string | number | undefined)[]} */
  const given = [];
  const { say, end, over } = assistant(
    ({ body, signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener("abort", () => {
          given.push(body.id);
          reject(signal.reason);
        });
        if (body.id === 1) say({ method: "notifications/cancelled", params: { requestId: 1 } });
        else end();
      }),
  );
  say({ id: 1, method: "tools/call" });
  say({ id: 2, method: "tools/call" });
  await over;
  assert.deepEqual(given, [1, 2]);
});
