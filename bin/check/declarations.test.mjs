import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { checkDeclarations, FACTS } from "./declarations.mjs";

/** One declaration of each fact. */
const ONCE = {
  "lib/schemas/limits.ts": `
    export const stageLimitsSchema = z.object({ memoryBytes: z.number(), cpus: z.number(), timeoutMs: z.number() });
    export const runLimitsSchema = z.object({
      compile: stageLimitsSchema,
      processes: z.number(),
      openFiles: z.number(), // a comment with a brace: }
      tmpfsBytes: z.number(),
      outputBytes: z.number(),
      attended: z.object({ totalMs: z.number() }).nullable(),
    });
    export const MAX_ARTIFACTS = 10;
    export const MAX_ARTIFACTS_BYTES = 5 * 1_048_576;
    export const planIdSchema = z.enum(["guest", "free", "pro"]);
  `,
  "components/run/status-words.ts": `
    export const ERROR_WORDS: Record<ErrorCode, string> = {
      docker_unavailable: "Docker is not running",
      queue_full: "Too many programs are waiting",
      quota_exceeded: "Today's runs are used up",
    };
  `,
};

function problemsOf(t, files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-declarations-"));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [file, source] of Object.entries({ ...ONCE, ...files })) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), source);
  }
  return checkDeclarations(root).problems;
}

test("one declaration of each fact passes, beside values of it and tests that repeat it", (t) => {
  const problems = problemsOf(t, {
    "lib/plans.ts": `
      const limits = { processes: 64, openFiles: 256, tmpfsBytes: 64 * MB, outputBytes: MB };
      const stage = { memoryBytes: 512 * MB, cpus: 2, timeoutMs: 30_000 };
      export const PLANS: Plans = { guest: { stage }, free: { stage }, pro: { stage } };
      // interface StageLimits { memoryBytes: number; cpus: number; timeoutMs: number }
    `,
    "lib/runs/limits.test.ts": 'const ids = ["guest", "free", "pro"];',
    "lib/errors.ts":
      "export const ERROR_STATUS = { docker_unavailable: 503, queue_full: 503, quota_exceeded: 429 };",
    "lib/sandbox/usage.ts": "interface Usage { memoryBytes: number; cpuMs: number }",
  });
  assert.deepEqual(problems, []);
});

const SECOND = {
  "the shape of a stage's limits": {
    "an interface":
      "export interface StageLimits {\n  memoryBytes: number;\n  cpus: number;\n  timeoutMs: number;\n}",
    "a type": "type Held = {\n  timeoutMs: number;\n  cpus: number;\n  memoryBytes: number;\n};",
    "a schema": "const s = z.strictObject({ memoryBytes: bytes(16), cpus: share, timeoutMs: time });",
    "a schema that is nested":
      "const l = z.object({ run: z.object({ timeoutMs: z.number(), memoryBytes: z.number(), cpus: z.number() }) });",
    "a schema among other fields":
      "const s = z.object({ id: z.string(), memoryBytes: z.number(), cpus: z.number(), timeoutMs: z.number() });",
    "a parameter's type": "function f(limits: { memoryBytes: number; cpus: number; timeoutMs: number }) {}",
  },
  "the shape of a run's limits": {
    "an interface":
      "interface RunLimits extends Base {\n  readonly processes: number;\n  openFiles: number;\n  tmpfsBytes: number;\n  outputBytes?: number;\n}",
    "a schema":
      "const s = z\n  .strictObject({ processes: count, openFiles: count, tmpfsBytes: bytes(1), outputBytes: bytes(1) })\n  .partial();",
  },
  "how many artifacts a run may leave": { "a constant": "const MAX_ARTIFACTS = 10;" },
  "how large a run's artifacts may be": {
    "a constant": "export const MAX_ARTIFACT_BYTES: number = 5_242_880;",
  },
  "the ids of the plans": {
    "an array": "const ids = ['pro', 'free', 'guest'] as const;",
    "a union": 'export type PlanId =\n  | "guest"\n  | "free"\n  | "pro";',
    "the members of a schema":
      "const s = z.strictObject({ guest: change, free: change, pro: change }).partial();",
  },
  "the words of the error codes": {
    "a table": 'const titles = { not_found: "Not here", quota_exceeded: "Used up", queue_full: `Full` };',
  },
};

for (const [fact, forms] of Object.entries(SECOND)) {
  for (const [form, source] of Object.entries(forms)) {
    test(`declared a second time, ${fact}: ${form}`, (t) => {
      const problems = problemsOf(t, { "lib/other.ts": source });
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.ok(problems[0].startsWith(`Declared 2 times, ${fact}: `), problems[0]);
      assert.match(problems[0], /lib\/other\.ts:\d/);
    });
  }
}

test("a fact that is declared nowhere is a problem: the check no longer knows what it looks for", (t) => {
  const problems = problemsOf(t, { "lib/schemas/limits.ts": "", "components/run/status-words.ts": "" });
  assert.equal(problems.length, FACTS.length);
  assert.match(problems[0], /No declaration was found of the shape of a stage's limits/);
});
