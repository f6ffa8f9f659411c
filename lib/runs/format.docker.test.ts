import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES } from "../languages";
import { createCatalogue } from "../languages/catalogue";
import { createLog } from "../log";
import { createRates } from "../rates";
import { openSandbox, type TestSandbox } from "../sandbox/testing/sandbox-fixture";
import { formatRequestSchema } from "../schemas/format";
import { createFormatter, type Formatter, formatInSandbox } from "./index";
import { code as failsWith, GUEST, ROOMY_PLANS } from "./testing/runs-fixture";

let sandbox: TestSandbox;
let formatter: Formatter;

before(async () => {
  sandbox = await openSandbox();
  const shared = { catalogue: createCatalogue(LANGUAGES, "*"), plans: ROOMY_PLANS, rates: createRates() };
  formatter = createFormatter({
    ...shared,
    runFormatter: formatInSandbox({ sandbox: sandbox.underTest, log: createLog("silent") }),
  });
});

after(() => sandbox.close()); // fails when a container is left

function format(language: string, code: string, tabWidth?: 2 | 4 | 8) {
  const request = formatRequestSchema.parse({ language, code, ...(tabWidth && { tabWidth }) });
  return formatter.format(GUEST, request, new AbortController().signal);
}

const UGLY: Readonly<Record<string, { code: string; formatted: string }>> = {
  python: { code: "x={'a':1}\nif x :\n  print( x )\n", formatted: 'x = {"a": 1}\nif x:\n    print(x)\n' },
  c: {
    code: "int main(void)\n{\nint x=1;\nif(x){return 0;}\n}\n",
    formatted: "int main(void) {\n    int x = 1;\n    if (x) {\n        return 0;\n    }\n}\n",
  },
  cpp: {
    code: "#include <vector>\nint main( )\n{\nstd::vector<int> v{1,2};\n}\n",
    formatted: "#include <vector>\nint main() {\n    std::vector<int> v{1, 2};\n}\n",
  },
  bash: { code: "if true;then\necho  a\nfi\n", formatted: "if true; then\n    echo a\nfi\n" },
};

for (const language of LANGUAGES.filter((one) => one.format)) {
  test(`${language.name} is formatted by its formatter, and what is formatted stays as it is`, async () => {
    const { code = "", formatted = "" } = UGLY[language.id] ?? {};
    assert.deepEqual(await format(language.id, code), { code: formatted, message: null });
    assert.deepEqual(await format(language.id, formatted), { code: formatted, message: null });
  });
}

test("the width of an indent is the person's", async () => {
  const { code } = await format("bash", "if true; then\necho a\nfi\n", 2);
  assert.equal(code, "if true; then\n  echo a\nfi\n");
});

test("a program that the formatter cannot read is not changed, and the formatter says where", async () => {
  const python = await format("python", "print(\n");
  assert.equal(python.code, null);
  assert.match(python.message ?? "", /Cannot parse.*1|parse/);
  const bash = await format("bash", "if true; then\n");
  assert.equal(bash.code, null);
  assert.match(bash.message ?? "", /1:1/);
});

test("nothing is made of nothing", async () => {
  assert.deepEqual(await format("python", " \n"), { code: " \n", message: null });
});

test("one program of a viewer is formatted at a time, and nobody waits for ever", async () => {
  const first = format("python", "x=1\n");
  await assert.rejects(format("python", "y=1\n"), failsWith("queue_full"));
  assert.equal((await first).code, "x = 1\n");
  assert.equal((await format("python", "y=1\n")).code, "y = 1\n");
});

test("a language without a formatter is refused, and one that nobody knows", async () => {
  await assert.rejects(format("typescript", "x"), failsWith("invalid_request"));
  await assert.rejects(format("klingon", "x"), failsWith("unknown_language"));
});
