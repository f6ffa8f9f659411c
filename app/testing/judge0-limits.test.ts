import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { submit } from "../../lib/compatible/judge0/submit";
import { aborted, outcome, printing } from "../../lib/runs/testing/runs-fixture";
import { Judge0Client, routeFileOf } from "./judge0";
import { openRoutes } from "./routes";

const PROGRAM = { source_code: "print(1)", language_id: 71 };

const routes = await openRoutes({ variables: { QUICKSAND_WEBHOOK_TARGETS: "any" } });
after(() => routes.services.close());
beforeEach(() => {
  routes.sandbox.script = printing("1\n");
});
const guest = new Judge0Client(routes);

test("a callback that waits keeps nothing of its request but what it is asked with", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { services } = routes;
  const viewer = { id: "somebody", plan: "guest", account: "somebody" } as const;
  const questions: (() => Promise<string | null>)[] = [];
  const put = (_owner: unknown, _url: string, body: () => Promise<string | null>) => questions.push(body);
  // In a function of its own, so that the test holds neither of them.
  const ask = async () => {
    const request = new Request("http://localhost/");
    const onError = () => assert.fail("nothing is wrong with it");
    const call = {
      request,
      onError,
      services: { ...services, callbacks: { ...services.callbacks, put } },
      viewer,
    };
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

/** How often runs were read while `asking`, and how many of them at once. */
async function reads(asking: () => Promise<unknown>): Promise<{ count: number; atOnce: number }> {
  const { runs } = routes.services;
  const { getForeign } = runs;
  const seen = { count: 0, atOnce: 0 };
  let now = 0;
  runs.getForeign = async (viewer, id) => {
    seen.count += 1;
    now += 1;
    seen.atOnce = Math.max(seen.atOnce, now);
    return getForeign(viewer, id).finally(() => {
      now -= 1;
    });
  };
  await asking().finally(() => {
    runs.getForeign = getForeign;
  });
  return seen;
}

test("of many submissions one run is read at a time, and a token that is there twice once", async () => {
  const sent = { ...PROGRAM, number_of_runs: 3 };
  const tokens: string[] = [];
  for (let at = 0; at < 2; at++) {
    const { body } = await guest.answer("POST", "/submissions?wait=true", sent);
    tokens.push(body.token, body.token);
  }
  const address = `/submissions/batch?tokens=${tokens.join(",")}&fields=token,stdout`;
  let answer: unknown;
  const seen = await reads(async () => {
    answer = await guest.answer("GET", address);
  });
  const submissions = tokens.map((token) => ({ token, stdout: "1\n" }));
  assert.deepEqual(answer, { status: 200, body: { submissions } });
  assert.deepEqual(seen, { count: 6, atOnce: 1 });
});

test("submissions that are too much for one answer are a 400 that says what to do", async () => {
  // JSON writes each of these characters with six.
  const sent = { ...PROGRAM, stdin: "\u0001".repeat(1_000_000) };
  const { body } = await guest.answer("POST", "/submissions?wait=true", sent);
  const address = `/submissions/batch?tokens=${Array(20).fill(body.token).join(",")}`;
  const { status, body: refused } = await guest.answer("GET", `${address}&fields=stdin`);
  assert.equal(status, 400);
  assert.match(refused.error, /ask for fewer of them, or for fewer fields$/);
  assert.equal((await guest.answer("GET", `${address}&fields=token`)).status, 200);
});

test("a form of more fields than there are is a 400 before it is split", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const form = `source_code=print(1)&language_id=71${"&a=1".repeat(99)}`;
  const { status, body } = await guest.answer("POST", "/submissions", form, headers);
  assert.deepEqual([status, body.message], [400, "A form has at most 100 fields here."]);
  const most = form.slice(0, -"&a=1".length);
  assert.equal((await guest.answer("POST", "/submissions", most, headers)).status, 201);
});

test("a program that its client waits for is cancelled when the client goes away", async () => {
  const leaving = new AbortController();
  const cancelled = new Promise<void>((resolve) => {
    routes.sandbox.script = async function* (_spec, { signal }) {
      yield { type: "stage", stage: "run" };
      setImmediate(() => leaving.abort());
      await aborted(signal);
      resolve();
      yield { type: "done", outcome: outcome({ status: "cancelled" }) };
    };
  });
  const [file, params] = await routeFileOf(["submissions"]);
  const asking = guest.send(file, "/judge0/submissions?wait=true", {
    ...{ method: "POST", params, signal: leaving.signal },
    ...{ headers: { "content-type": "application/json" }, body: JSON.stringify(PROGRAM) },
  });
  await cancelled;
  await asking;
});

/** Breaks the submission of the runs that come after the first `good` ones, as a store does that is away. */
async function breaking<T>(good: number, asking: () => Promise<T>): Promise<T> {
  const { runs } = routes.services;
  const { submit: submitRun } = runs;
  let count = 0;
  runs.submit = async (...sent) => {
    count += 1;
    if (count > good) throw new Error("the store is away");
    return submitRun(...sent);
  };
  return asking().finally(() => {
    runs.submit = submitRun;
  });
}

test("a fault of ours in the middle of a batch leaves the tokens of what runs in their places", async () => {
  const submissions = [PROGRAM, PROGRAM, PROGRAM];
  const { status, body } = await breaking(1, () =>
    guest.answer("POST", "/submissions/batch", { submissions }),
  );
  assert.equal(status, 201);
  assert.match(body[0].token, /^[0-9a-f-]{36}$/);
  for (const place of body.slice(1)) assert.match(place.error, /^Something broke on the server/);
  const none = await breaking(0, () => guest.answer("POST", "/submissions/batch", { submissions }));
  assert.equal(none.status, 500);
});

test("a fault of ours in a further run of a submission leaves those that run", async () => {
  const sent = { ...PROGRAM, number_of_runs: 3 };
  const { status, body } = await breaking(2, () => guest.answer("POST", "/submissions?wait=true", sent));
  assert.deepEqual([status, body.status.id], [201, 3]);
});
