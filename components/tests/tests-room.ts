import { formatBytes } from "@/lib/client/format";
import { MAX_TESTS, MAX_TESTS_BYTES } from "@/lib/schemas/limits";
import { type RunTest, testsBytes } from "@/lib/schemas/run-test";

/** Why these test cases cannot be run, or `null`. */
export function testsProblem(tests: readonly RunTest[]): string | null {
  if (tests.length > MAX_TESTS) {
    return `There are ${tests.length} tests; at most ${MAX_TESTS} can be run. Delete some.`;
  }
  const bytes = testsBytes(tests);
  if (bytes <= MAX_TESTS_BYTES) return null;
  return `Inputs and expected outputs have ${formatBytes(bytes)} together; the limit is ${formatBytes(MAX_TESTS_BYTES)}. Shorten some.`;
}

/** How much of the room for test cases is used. */
export function testsRoom(tests: readonly RunTest[]): string {
  return `${tests.length} of ${MAX_TESTS} tests, ${formatBytes(testsBytes(tests))} of ${formatBytes(MAX_TESTS_BYTES)}.`;
}
