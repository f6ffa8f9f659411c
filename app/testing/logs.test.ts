import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../lib/log";
import { outcome, printing, type Script } from "../../lib/runs/testing/runs-fixture";
import type { RunResult } from "../../lib/schemas/run";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const lines: string[] = [];
const routes = await openRoutes({
  log: createLog("trace", { write: (line: string) => void lines.push(line) }),
});
const { sandbox, store } = routes;

const MARK = "MARK-b7c1";
/** A marker in everything that a user passes to a program or that a program produces. */
const MARKED = {
  language: "python",
  code: `print("${MARK}")`,
  stdin: `${MARK} typed\n`,
  args: [MARK],
  env: { SECRET: MARK },
  files: [{ path: `${MARK}.txt`, content: MARK }],
};

function logged(): Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const failing: Script = async function* () {
  yield { type: "stage", stage: "run" };
  yield { type: "stdout", text: MARK };
  throw new Error("the engine broke off");
};

const refusing: Script = async function* () {
  yield* [];
  throw new Error("no container can be made");
};

test("no log line at any level has anything of a program, its input or its output", async () => {
  const visitor = new Visitor(routes);
  const scripts: Script[] = [
    printing(MARK),
    failing,
    refusing,
    async function* () {
      yield { type: "stage", stage: "run" };
      const output = { stdout: MARK, stderr: MARK, exitCode: 1, signal: null, truncated: true };
      yield { type: "done", outcome: outcome({ status: "system_error", output, message: MARK }) };
    },
  ];
  for (const script of scripts) {
    sandbox.script = script;
    await visitor.ask("POST", "/api/editor/run", MARKED);
    await visitor.ask("POST", "/api/runs", MARKED);
    await visitor.ask("POST", "/api/format", { language: "python", code: MARK });
  }
  const account = new Visitor(routes);
  const user = await signedIn(routes, account);
  const key = new Visitor(routes, (await keyOf(routes, user, ["run"])).headers);
  sandbox.script = printing(MARK);
  await key.ask("POST", "/api/editor/run", MARKED);
  await visitor.askRaw("POST", "/api/editor/run", `{"code": "${MARK}`, {
    "content-type": "application/json",
  });
  await visitor.ask("POST", "/api/editor/run", { ...MARKED, language: MARK });
  const { finishRun, acceptRun } = store;
  const broken = () => Promise.reject(new Error("the disk broke"));
  store.finishRun = broken;
  await visitor.ask("POST", "/api/editor/run", MARKED);
  store.acceptRun = broken;
  await visitor.ask("POST", "/api/editor/run", MARKED);
  Object.assign(store, { finishRun, acceptRun });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(lines.length >= 5, `${lines.length} lines`);
  const secrets = [MARK, visitor.cookie.split("=")[1], account.cookie.split("=")[1], user.email];
  for (const secret of [...secrets, key.headers.authorization?.slice(7)]) {
    assert.ok(secret);
    for (const line of lines) assert.ok(!line.includes(secret), line);
  }
});

test("a line of a request has its id, which the answer has too", async () => {
  lines.length = 0;
  const { acceptRun } = store;
  store.acceptRun = () => Promise.reject(new Error("the disk broke"));
  const answer = await new Visitor(routes).ask("POST", "/api/editor/run", MARKED);
  store.acceptRun = acceptRun;
  assert.equal(answer.status, 500);
  const [line] = logged();
  assert.equal(line?.request, answer.headers.get("x-request-id"));
  assert.equal(line?.msg, "the request failed unexpectedly");
});

test("a line of a run has its id and no request's, also where another run's end gave it its turn", async () => {
  lines.length = 0;
  sandbox.script = failing;
  const visitors = Array.from({ length: 8 }, () => new Visitor(routes));
  const ran = await Promise.all(
    visitors.map((visitor) => visitor.json<RunResult>("POST", "/api/editor/run", MARKED)),
  );
  const ofRuns = logged().filter(({ msg }) => msg === "the sandbox failed");
  assert.deepEqual(ofRuns.map(({ run }) => run).sort(), ran.map(({ id }) => id).sort());
  for (const line of ofRuns) assert.equal(line.request, undefined);
});

test("what the server does by itself has neither, whoever woke it", async () => {
  lines.length = 0;
  const { saveCounts } = store;
  let tried = false;
  store.saveCounts = () => {
    tried = true;
    return Promise.reject(new Error("the disk is full"));
  };
  await new Visitor(routes).ask("POST", "/api/editor/run", { ...MARKED, language: "python" });
  while (!tried) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setImmediate(resolve));
  store.saveCounts = saveCounts;
  const line = logged().find(({ msg }) => String(msg).startsWith("rates and lock-outs"));
  assert.ok(line, lines.join(""));
  assert.deepEqual([line.request, line.run], [undefined, undefined]);
  await routes.services.close();
});
