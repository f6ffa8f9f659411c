import assert from "node:assert/strict";
import { test } from "node:test";
import { type Endpoint, endpoints } from "../../lib/schemas/endpoints";
import { errorBodySchema } from "../../lib/schemas/error";
import { ofAccounts } from "./account-endpoints";
import { mutationTests, routes } from "./mutation-tests";
import { Visitor } from "./site";

mutationTests((name) => !ofAccounts(name));

test("an address answers methods that it does not take in the same shape", async () => {
  const paths = new Set(Object.values<Endpoint>(endpoints).map(({ path }) => path));
  for (const path of paths) {
    const answer = await new Visitor(routes).askRaw("PUT", path.replace(/\{\w+\}/g, "x"), "{}", {});
    const { error } = errorBodySchema.parse(await answer.json());
    assert.deepEqual(
      [answer.status, error.code, answer.headers.has("allow")],
      [405, "method_not_allowed", true],
    );
  }
});
