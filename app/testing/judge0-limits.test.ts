import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { submit } from "../../lib/compatible/judge0/submit";
import { printing } from "../../lib/runs/testing/runs-fixture";
import { openRoutes } from "./routes";

const PROGRAM = { source_code: "print(1)", language_id: 71 };

const routes = await openRoutes({ variables: { QUICKSAND_WEBHOOK_TARGETS: "any" } });
after(() => routes.services.close());
beforeEach(() => {
  routes.sandbox.script = printing("1\n");
});

test("a callback that waits keeps nothing of its request but what it is asked with", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { services } = routes;
  const viewer = { id: "somebody", plan: "guest", account: "somebody" } as const;
  const questions: (() => Promise<string | null>)[] = [];
  const put = (_owner: string, _url: string, body: () => Promise<string | null>) => questions.push(body);
  // In a function of its own, so that the test holds neither of them.
  const ask = async () => {
    const call = { services: { ...services, callbacks: { ...services.callbacks, put } }, viewer };
    const body = { ...PROGRAM, callback_url: "http://127.0.0.1/" };
    const submitted = await submit(call, body, { base64: false, wait: false });
    assert.ok("ended" in submitted);
    await submitted.ended;
    return [new WeakRef(call), new WeakRef(body)];
  };
  const kept = await ask();
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  assert.deepEqual(
    kept.map((each) => each.deref() === undefined),
    [true, true],
    "neither the call nor its body is held",
  );
  assert.match((await questions[0]?.()) ?? "", /"stdout":"1\\n"/);
});
