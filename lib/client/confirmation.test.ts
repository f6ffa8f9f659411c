import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { ApiError, call } from "./api";

afterEach(() => mock.restoreAll());

test("a request that needs the password is not held up on a page that cannot ask for it", async () => {
  const error = { code: "confirmation_required", message: "Give it again.", details: [] };
  const fetched = mock.method(globalThis, "fetch", async () => Response.json({ error }, { status: 403 }));
  await assert.rejects(
    call("createKey", { body: { name: "mine" } }),
    (failure) => failure instanceof ApiError && failure.code === "confirmation_required",
  );
  assert.equal(fetched.mock.callCount(), 1);
});
