import assert from "node:assert/strict";
import { test } from "node:test";
import { errorBodySchema } from "../../lib/schemas/error";
import type { RunDetail } from "../../lib/schemas/history";
import type { RunRequestInput, RunResult } from "../../lib/schemas/run";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const routes = await openRoutes();
const owner = new Visitor(routes);
const MB = 1_048_576;

function run(changes: Partial<RunRequestInput>): Promise<RunResult> {
  return owner.json("POST", "/api/editor/run", { language: "python", code: "print(1)", ...changes });
}

async function refusal(changes: object): Promise<[number, string, string]> {
  const body = { language: "python", code: "print(1)", ...changes };
  const answer = await owner.ask("POST", "/api/editor/run", body);
  const { error } = errorBodySchema.parse(await answer.json());
  return [answer.status, error.code, error.message];
}

test("a request lowers its limits; what was applied is in the answer, in the history, and with the sandbox", async () => {
  const limits = { timeoutMs: 500, cpuMs: 300, memoryBytes: 64 * MB, outputBytes: 99 * MB };
  const result = await run({ limits });
  const { limits: applied } = result;
  assert.deepEqual(
    [applied?.run.timeoutMs, applied?.run.memoryBytes, applied?.outputBytes, applied?.processor],
    [500, 64 * MB, MB, { compileMs: null, runMs: 300 }],
  );
  const kept = await owner.json<RunDetail>("GET", `/api/runs/${result.id}`);
  assert.deepEqual([kept.limits, kept.request.limits], [applied, limits]);
  const spec = routes.sandbox.specs.at(-1);
  assert.deepEqual(spec?.limits, applied);
  assert.deepEqual(
    [spec?.sandboxLimits?.run.memoryBytes, spec?.sandboxLimits?.run.timeoutMs],
    [64 * MB, 10_000],
  );
});

test("variables go to the program, and of a shared run nobody else reads them", async () => {
  const { id } = await run({ env: { TOKEN: "secret" } });
  assert.deepEqual(routes.sandbox.specs.at(-1)?.env, { TOKEN: "secret" });
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "public" });
  assert.deepEqual((await owner.json<RunDetail>("GET", `/api/runs/${id}`)).request.env, { TOKEN: "secret" });
  const others = await new Visitor(routes).ask("GET", `/api/runs/${id}`);
  assert.equal(others.status, 200);
  assert.doesNotMatch(await others.text(), /secret|TOKEN/);
});

test("the main file can have another name, which no file beside it has", async () => {
  await run({ mainFile: "solve.py", files: [{ path: "main.py", content: "" }] });
  assert.equal(routes.sandbox.specs.at(-1)?.mainFile, "solve.py");
  const [, code, message] = await refusal({ mainFile: "a.py", files: [{ path: "a.py", content: "" }] });
  assert.equal(code, "invalid_request");
  assert.match(message, /clashes with "a\.py"/);
  assert.match(
    (await refusal({ mainFile: "a.rb" }))[2],
    /`mainFile` is "a\.rb", but Python needs a name that ends with \.py/,
  );
  assert.match((await refusal({ mainFile: "../a.py" }))[2], /`mainFile` contains `\.` or `\.\.`/);
});

test("what is no limit and no variable is refused by its name", async () => {
  for (const [changes, message] of [
    [{ limits: { timeoutMs: 0 } }, /`limits\.timeoutMs` must be at least 1, got the number 0/],
    [{ limits: { memoryBytes: 1_000 } }, /`limits\.memoryBytes` must be at least 16,777,216/],
    [{ limits: { compile: { cpuMs: 1.5 } } }, /`limits\.compile\.cpuMs`/],
    [{ env: { "A B": "1" } }, /`env\.A B` is no name of a variable/],
    [{ env: { A: 1 } }, /`env\.A` must be a string/],
    [{ env: { A: "\0" } }, /`env\.A` contains a NUL/],
    [{ env: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`V${at}`, ""])) }, /51 variables/],
  ] as const) {
    const [status, code, said] = await refusal(changes);
    assert.deepEqual([status, code], [400, "invalid_request"]);
    assert.match(said, message);
  }
  assert.deepEqual((await refusal({ env: { A: "x".repeat(16_385) } })).slice(0, 2), [413, "body_too_large"]);
});
