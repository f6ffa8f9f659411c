import * as z from "zod";
import { MAX_TEST_NAME_CHARS, MAX_TESTS, MAX_TESTS_BYTES, MAX_TOLERANCE } from "./limits";
import { asLine, text, tooLarge, utf8Bytes } from "./text";

/** When an output is the expected one; `compare-output.ts` says exactly what each means. */
export const compareSchema = z.union(
  [z.enum(["exact", "trimmed"]), z.object({ tolerance: z.number().min(0).max(MAX_TOLERANCE) })],
  { error: '`compare` must be "exact", "trimmed" or an object such as {"tolerance": 1e-6}.' },
);
export type Compare = z.infer<typeof compareSchema>;

const testNameSchema = text({ name: "name" })
  .transform(asLine)
  .superRefine((name, context) => {
    const characters = [...name].length;
    if (characters <= MAX_TEST_NAME_CHARS) return;
    context.addIssue({
      code: "custom",
      message: `\`name\` is ${characters.toLocaleString("en")} characters long; the limit is ${MAX_TEST_NAME_CHARS}. Shorten it.`,
    });
  });

/** One test case as it is sent. Without a name, or with an empty one, it is called by its place. */
const sentTestSchema = z.object({
  name: testNameSchema.optional(),
  stdin: text({ name: "stdin" }).default(""),
  expected: text({ name: "expected" }),
  compare: compareSchema.default("trimmed"),
});

/** One test case: what the program is given, and what it is to print. */
export interface RunTest {
  name: string;
  stdin: string;
  expected: string;
  compare: Compare;
}

/** Names what has none by its place. */
export function named(tests: readonly (Omit<RunTest, "name"> & { name?: string | undefined })[]): RunTest[] {
  return tests.map(({ name, stdin, expected, compare }, index) => ({
    name: name || `Test ${index + 1}`,
    stdin,
    expected,
    compare,
  }));
}

/** Input and expected output of test cases together, in bytes. */
export function testsBytes(tests: readonly Pick<RunTest, "stdin" | "expected">[]): number {
  return tests.reduce((sum, { stdin, expected }) => sum + utf8Bytes(stdin) + utf8Bytes(expected), 0);
}

/** Test cases of any number and size, as in a file of them. */
export const testListSchema = z.array(sentTestSchema).transform(named);

/** The test cases of a request. */
export const runTestsSchema = z
  .array(sentTestSchema)
  .max(MAX_TESTS)
  .superRefine((tests, context) => {
    const bytes = testsBytes(tests);
    if (bytes > MAX_TESTS_BYTES) context.addIssue(tooLarge({ name: "tests" }, bytes, MAX_TESTS_BYTES));
  })
  .transform(named);

/** Test cases as they are kept. Sizes were checked when they came; older versions wrote neither names nor ways to compare. */
export const keptTestsSchema = z
  .array(
    z.object({
      name: z.string().optional(),
      stdin: z.string(),
      expected: z.string(),
      compare: compareSchema.default("trimmed"),
    }),
  )
  .transform(named);

/** How a test case ended: `failed` is a wrong answer, `error` a program that did not exit with 0. */
export const testStatusSchema = z.enum([
  "passed",
  "failed",
  "error",
  "timeout",
  "memory_limit",
  "output_limit",
  "skipped",
]);
export type TestStatus = z.infer<typeof testStatusSchema>;

/** The result of the test case at the same place of the request. */
export const testResultSchema = z.object({
  status: testStatusSchema,
  /** What it printed on standard output. */
  actual: z.string(),
  durationMs: z.number(),
  /** Where the program ended by itself and not with 0. */
  exitCode: z.number().int().optional(),
  /** Where it printed anything there. */
  stderr: z.string().optional(),
  /** It printed more than is kept here. The verdict is about all of it. */
  truncated: z.literal(true).optional(),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** A test case whose program was not run. */
export const SKIPPED: TestResult = { status: "skipped", actual: "", durationMs: 0 };

/** How many test cases ended how. `failed` is everything that neither passed nor was skipped. */
export const testCountsSchema = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
});
export type TestCounts = z.infer<typeof testCountsSchema>;
