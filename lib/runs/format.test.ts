import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../languages";
import { createCatalogue } from "../languages/catalogue";
import { createLog } from "../log";
import { PLANS, type Plans } from "../plans";
import { createRates } from "../rates";
import type { RunOutcome } from "../sandbox/sandbox";
import { formatRequestSchema } from "../schemas/format";
import { createFormatter, formatInSandbox } from "./index";
import { code as failsWith, GUEST, outcome, type Script, ScriptedSandbox } from "./testing/runs-fixture";

const ENDS = { stdout: "", stderr: "", exitCode: 0, signal: null, truncated: false };

function ending(changes: Partial<RunOutcome>): Script {
  return async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "done", outcome: outcome(changes) };
  };
}

function fixture(script: Script, plans: Plans = PLANS) {
  const sandbox = new ScriptedSandbox(script);
  const catalogue = createCatalogue(LANGUAGES, "*");
  const formatter = createFormatter({
    runFormatter: formatInSandbox({ sandbox, log: createLog("silent") }),
    ...{ catalogue, plans, rates: createRates() },
  });
  const format = (code: string, language = "c", tabWidth: 2 | 4 | 8 = 2) => {
    const request = formatRequestSchema.parse({ language, code, tabWidth });
    return formatter.format(GUEST, request, new AbortController().signal);
  };
  return { sandbox, formatter, format };
}

test("the formatter runs in the language's image, under the plan's limits, without compiling anything", async () => {
  const { sandbox, format } = fixture(ending({ output: { ...ENDS, stdout: "int x;\n" } }));
  assert.deepEqual(await format("int   x;"), { code: "int x;\n", message: null });
  const [spec] = sandbox.specs;
  assert.equal(spec?.language.id, "c");
  assert.equal(spec?.language.compile, undefined);
  assert.equal(spec?.language.standby, undefined);
  assert.ok(Array.isArray(spec?.language.run) && spec.language.run.includes("--indent=spaces=2"));
  assert.equal(spec?.code, "", "the program is only its input");
  assert.deepEqual(spec?.limits.run, PLANS.guest.limits.run);
});

test("nothing but a whole text of a formatter that ended well takes the place of a program", async () => {
  const ends: readonly [Partial<RunOutcome>, RegExp][] = [
    [
      { status: "error", output: { ...ENDS, exitCode: 123, stderr: "cannot parse: 1:3\n" } },
      /^cannot parse: 1:3$/,
    ],
    [
      { status: "error", output: { ...ENDS, exitCode: 127, stderr: "sh: not found" } },
      /image of C .* has no formatter/,
    ],
    [{ output: { ...ENDS, stdout: "int", truncated: true } }, /ended with success/],
    [{ output: ENDS }, /ended with success/],
    [{ status: "timeout", output: ENDS, message: "It was stopped after 10 s." }, /after 10 s/],
    [{ status: "error", output: { ...ENDS, exitCode: 1, stderr: "e".repeat(5_000) } }, /^e{2000}$/],
  ];
  for (const [end, message] of ends) {
    const result = await fixture(ending(end)).format("int x;");
    assert.equal(result.code, null);
    assert.match(result.message ?? "", message);
  }
});

test("formatting is one of the minute's runs, and a formatter that broke is not", async () => {
  const plans = { ...PLANS, guest: { ...PLANS.guest, runsPerMinute: 2 } };
  const { sandbox, format } = fixture(ending({ output: { ...ENDS, stdout: "int x;\n" } }), plans);
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    throw new Error("the engine is gone");
  };
  await assert.rejects(format("int x;"), failsWith("internal"));
  sandbox.script = ending({ output: { ...ENDS, stdout: "int x;\n" } });
  await format("int x;");
  await format("int x;");
  await assert.rejects(format("int x;"), failsWith("rate_limited"));
  assert.equal(sandbox.specs.length, 3);
});

test("accounts of one network do not take every place from others", async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { formatter, sandbox } = fixture(ending({}));
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    await released;
    yield { type: "done", outcome: outcome({ output: { ...ENDS, stdout: "int x;\n" } }) };
  };
  const format = (account: string, network: string) => {
    const viewer = { ...GUEST, id: account, account, group: network, networks: [network] };
    const request = formatRequestSchema.parse({ language: "c", code: "int x;" });
    return formatter.format(viewer, request, new AbortController().signal);
  };
  const school = ["a", "b", "c"].map((account) => format(account, "school"));
  await assert.rejects(format("d", "school"), failsWith("queue_full"));
  const other = format("e", "elsewhere");
  release();
  for (const formatting of [...school, other]) assert.equal((await formatting).code, "int x;\n");
  assert.equal((await format("d", "school")).code, "int x;\n", "the places are free again");
});

test("a plan without the language, and a width that is none, are refused", async () => {
  const plans = { ...PLANS, guest: { ...PLANS.guest, languages: ["python"] } };
  const { format } = fixture(ending({}), plans);
  await assert.rejects(format("int x;"), failsWith("plan_forbids"));
  assert.ok(!formatRequestSchema.safeParse({ language: "c", code: "", tabWidth: 3 }).success);
});
