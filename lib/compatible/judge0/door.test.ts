import assert from "node:assert/strict";
import { test } from "node:test";
import { librechatDoor } from "../librechat/door";
import { DOOR } from "./door";

const DOORS = [
  [DOOR, "x-auth-token"],
  [DOOR, "x-auth-user"],
  [librechatDoor, "x-api-key"],
] as const;

test("a key in a header of the API's own is taken beside a password of a proxy, and gives way to a key there", () => {
  for (const [door, header] of DOORS) {
    const known = (headers: Record<string, string>) =>
      door.credentials?.(new Request("http://localhost/", { headers })).get("authorization");
    assert.equal(known({ [header]: "qs_1" }), "Bearer qs_1");
    assert.equal(known({ [header]: "qs_1", authorization: "Basic dTpw" }), "Bearer qs_1", header);
    assert.equal(known({ [header]: "qs_1", authorization: "bearer qs_2" }), "bearer qs_2", header);
    assert.equal(known({ authorization: "Basic dTpw" }), "Basic dTpw");
    assert.equal(
      known({ [header]: "" }),
      door === DOOR ? null : "Bearer",
      "Judge0 takes an empty one for none",
    );
  }
});
