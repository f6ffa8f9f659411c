import assert from "node:assert/strict";
import { ERROR_STATUS, type ErrorCode } from "../../lib/errors";
import { errorBodySchema } from "../../lib/schemas/error";
import type { Client, Routes } from "./routes";

export const GOOD = { language: "python", code: "print(1)" };

/** Asserts what all refusals of a run have in common, and that the sandbox was not called. */
export function refusals(routes: Routes, client: Client) {
  async function refused(body: unknown, code: ErrorCode, headers: Record<string, string> = {}) {
    const response = await client.run(routes, body, headers);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(response.headers.get("x-request-id") ?? "", /^[\w-]{21}$/);
    const text = await response.text();
    const { error } = errorBodySchema.strict().parse(JSON.parse(text));
    assert.equal(error.code, code, text.slice(0, 500));
    assert.equal(response.status, ERROR_STATUS[code]);
    assert.doesNotMatch(text, /node_modules|\.ts\b|at Object|\/work|\/tmp|zod/i);
    assert.ok(error.message.length < 1_000, `${error.message.length} characters`);
    assert.equal(routes.sandbox.specs.length, 0, "the sandbox was called");
    return error;
  }

  async function accepted(body: unknown): Promise<void> {
    const response = await client.run(routes, body);
    assert.equal(response.status, 200, (await response.text()).slice(0, 500));
    assert.equal(routes.sandbox.specs.length, 1);
  }

  return { refused, accepted };
}
