import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, beforeEach, test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { aborted, outcome, printing } from "../../lib/runs/testing/runs-fixture";
import type { RunDetail } from "../../lib/schemas/history";
import { openReceiver } from "../../lib/webhooks/testing/receiver";
import { Judge0Client } from "./judge0";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const PROGRAM = { source_code: "print(1)", language_id: 71 };

const receiver = await openReceiver();
after(() => receiver.close());
const plans = JSON.stringify({ guest: { runsPerDay: 2, runsPerMinute: 100, requestsPerMinute: 1_000 } });
const strict = await openRoutes({ variables: { QUICKSAND_PLANS: plans } });
const tight = await openRoutes({
  variables: {
    QUICKSAND_QUEUE_LIMIT: "1",
    QUICKSAND_CONCURRENCY: "1",
    QUICKSAND_PLANS: JSON.stringify({ guest: { parallelRuns: 5 } }),
  },
});
const routes = await openRoutes({ variables: { QUICKSAND_WEBHOOK_TARGETS: "any" } });
const { provideServices } = await import("../../lib/server");
after(() => Promise.all([strict, tight, routes].map(({ services }) => services.close())));
beforeEach(() => {
  provideServices(routes.services);
  routes.sandbox.script = printing("1\n");
});
const guest = new Judge0Client(routes);

test("what is beyond the quota is a 429 with a reason, and a batch says it in its places", async () => {
  provideServices(strict.services);
  const client = new Judge0Client(strict);
  const batch = await client.answer("POST", "/submissions/batch", {
    submissions: [PROGRAM, PROGRAM, PROGRAM],
  });
  assert.equal(batch.status, 201);
  assert.match(batch.body[2].error, /^All 2 runs of today on the guest plan are used\./);
  const refused = await client.call("POST", "/submissions", PROGRAM);
  assert.equal(refused.status, 429);
  const { error } = (await refused.json()) as { error: string };
  assert.match(error, /^All 2 runs of today on the guest plan are used\./);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal((await client.answer("POST", "/submissions/batch", { submissions: [PROGRAM] })).status, 429);
});

test("of several runs those are averaged that there was a quota for", async () => {
  provideServices(strict.services);
  const client = new Judge0Client(strict);
  const sent = { ...PROGRAM, number_of_runs: 3 };
  const { status, body } = await client.answer("POST", "/submissions?wait=true", sent);
  assert.deepEqual([status, body.status.id], [201, 3]);
});

test("a full queue is Judge0's 503", async () => {
  provideServices(tight.services);
  const client = new Judge0Client(tight);
  tight.sandbox.script = async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    await aborted(signal);
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  };
  const first = await client.answer("POST", "/submissions", PROGRAM);
  const second = await client.answer("POST", "/submissions", PROGRAM);
  assert.deepEqual([first.status, second.status], [201, 201]);
  const waiting = await client.answer("GET", `/submissions/${second.body.token}?fields=status`);
  assert.deepEqual(waiting.body, { status: { id: 1, description: "In Queue" } });
  assert.deepEqual(await client.answer("POST", "/submissions", PROGRAM), {
    status: 503,
    body: { error: "queue is full" },
  });
});

test("a file that has the name of the program's own is the fault of the additional files", async () => {
  const files = Buffer.from(zipSync({ "main.py": strToU8("x") })).toString("base64");
  const { status, body } = await guest.answer("POST", "/submissions", {
    ...PROGRAM,
    additional_files: files,
  });
  assert.equal(status, 422);
  assert.match(
    body.additional_files[0],
    /^is "main\.py", which clashes with "main\.py", the file that holds `code`/,
  );
});

test("files are beside the program, and are given back with it", async () => {
  const files = Buffer.from(zipSync({ "lib/a.py": strToU8("A = 1\n") })).toString("base64");
  const sent = { ...PROGRAM, additional_files: files };
  const { body } = await guest.answer("POST", "/submissions?wait=true&fields=additional_files", sent);
  assert.equal(body.additional_files.replaceAll("\n", ""), files);
  assert.deepEqual(routes.sandbox.specs.at(-1)?.files, [{ path: "lib/a.py", content: "A = 1\n" }]);
});

test("a callback is put, signed by the secret that the submission's answer had, until it is taken", async () => {
  for (const base64 of [false, true]) {
    receiver.received.length = 0;
    const code = base64 ? Buffer.from(PROGRAM.source_code).toString("base64") : PROGRAM.source_code;
    const sent = { ...PROGRAM, source_code: code, callback_url: receiver.url };
    const answer = await guest.call("POST", `/submissions?base64_encoded=${base64}`, sent);
    const { token } = (await answer.json()) as { token: string };
    await receiver.until(1);
    const [put] = receiver.received;
    const secret = answer.headers.get("x-quicksand-callback-secret") ?? "";
    const signature = createHmac("sha256", secret)
      .update(put?.body ?? "")
      .digest("hex");
    assert.deepEqual(
      [put?.method, put?.headers["content-type"], put?.headers["x-quicksand-signature"]],
      ["PUT", "application/json", `sha256=${signature}`],
    );
    const told = JSON.parse(put?.body ?? "");
    assert.deepEqual([told.token, told.stdout, told.status.id], [token, base64 ? "MQo=\n" : "1\n", 3]);
    assert.deepEqual(Object.keys(told).length, 8);
  }
});

test("a submission is a run of its owner's history, and a token shows others all but what it tells and whom", async () => {
  const owner = new Judge0Client(routes);
  await signedIn(routes, owner);
  const sent = { ...PROGRAM, callback_url: `${receiver.url}?secret=1`, expected_output: "1" };
  const { body } = await owner.answer("POST", "/submissions?wait=true&fields=token,callback_url", sent);
  assert.equal(body.callback_url, sent.callback_url);
  const run = await owner.json<RunDetail>("GET", `/api/runs/${body.token}`);
  assert.equal(run.visibility, "unlisted");
  assert.equal(JSON.parse(run.request.foreign?.asked ?? "").expected_output, "1");
  const other = new Judge0Client(routes);
  const shown = await other.answer("GET", `/submissions/${body.token}?fields=callback_url,expected_output`);
  assert.deepEqual(shown.body, { callback_url: null, expected_output: "1" });
  const shared = await other.json<RunDetail>("GET", `/api/runs/${body.token}`);
  assert.equal(shared.request.foreign, undefined);
  await owner.json("PATCH", `/api/runs/${body.token}`, { visibility: "private" });
  assert.equal((await other.answer("GET", `/submissions/${body.token}`)).status, 404);
  assert.equal((await owner.answer("GET", `/submissions/${body.token}`)).status, 200);
  await owner.json("DELETE", `/api/runs/${body.token}`);
  assert.equal((await owner.answer("GET", `/submissions/${body.token}`)).status, 404);
});

test("what was asked of Judge0 cannot be said to our own API", async () => {
  const visitor = new Visitor(routes);
  const foreign = { api: "judge0", asked: "{}" };
  const { id } = await visitor.json<{ id: string }>("POST", "/api/editor/run", {
    ...{ language: "python", code: "1", foreign },
  });
  assert.equal((await visitor.json<RunDetail>("GET", `/api/runs/${id}`)).request.foreign, undefined);
});

test("a key needs the scope: without it the answer is a 403 without a body", async () => {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const [read, run] = await Promise.all([keyOf(routes, user, ["read"]), keyOf(routes, user, ["run"])]);
  const forbidden = { status: 403, body: "" };
  assert.deepEqual(await guest.answer("POST", "/submissions", PROGRAM, read.headers), forbidden);
  assert.deepEqual(await guest.answer("GET", "/submissions", undefined, run.headers), forbidden);
});

test("languages are listed by name with Judge0's numbers, and one has the commands that it is run with", async () => {
  const { body: languages } = await guest.answer("GET", "/languages");
  const find = (id: number) => languages.find((language: { id: number }) => language.id === id);
  assert.deepEqual(find(71), { id: 71, name: "Python (3.13)" });
  assert.deepEqual(find(89), { id: 89, name: "Multi-file program" });
  assert.deepEqual(find(78), undefined, "Kotlin is not offered here");
  const { body: all } = await guest.answer("GET", "/languages/all");
  assert.deepEqual(all[0], { ...languages[0], is_archived: false });
  assert.deepEqual((await guest.answer("GET", "/languages/71")).body, {
    ...{ id: 71, name: "Python (3.13)", is_archived: false },
    ...{ source_file: "main.py", compile_cmd: null, run_cmd: "python3 main.py" },
  });
  assert.deepEqual((await guest.answer("GET", "/languages/89")).body, {
    ...{ id: 89, name: "Multi-file program", is_archived: false },
    ...{ source_file: null, compile_cmd: null, run_cmd: null },
  });
  assert.match((await guest.answer("GET", "/languages/50")).body.compile_cmd, /^gcc .*main\.c/);
});

test("the server says of itself what Judge0's clients ask", async () => {
  const { body: statuses } = await guest.answer("GET", "/statuses");
  assert.deepEqual([statuses.length, statuses[0]], [14, { id: 1, description: "In Queue" }]);
  const { body: about } = await guest.answer("GET", "/about");
  assert.equal(about.version, "1.13.1");
  const { body: config } = await guest.answer("GET", "/config_info");
  assert.equal(Object.keys(config).length, 39);
  assert.deepEqual(
    [config.max_wall_time_limit, config.enable_network, config.max_submission_batch_size],
    [20, false, 20],
  );
  assert.equal((await guest.answer("GET", "/version")).body, "1.13.1");
  assert.match((await guest.answer("GET", "/isolate")).body, /Docker/);
  assert.match((await guest.answer("GET", "/license")).body, /MIT/);
  const [worker] = (await guest.answer("GET", "/workers")).body;
  assert.deepEqual([worker.working, worker.paused], [0, 0]);
  assert.ok("Architecture" in (await guest.answer("GET", "/system_info")).body);
  assert.equal(typeof (await guest.answer("GET", "/statistics")).body.submissions.total, "number");
});

test("a form is a body, too, and a page of another site may only ask with a key", async () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const { status } = await guest.answer("POST", "/submissions", "source_code=print(1)&language_id=71", form);
  assert.equal(status, 201);
  const crossSite = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
  assert.deepEqual(await guest.answer("POST", "/submissions", PROGRAM, crossSite), { status: 403, body: "" });
  for (const name of ["authorization", "x-auth-token"]) {
    const refused = await guest.call("POST", "/submissions", PROGRAM, {
      ...crossSite,
      [name]: "Bearer wrong",
    });
    assert.deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [401, "*"], name);
  }
  const preflight = await guest.call("OPTIONS", "/submissions");
  assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /x-auth-token/);
});
