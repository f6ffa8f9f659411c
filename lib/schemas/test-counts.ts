import type { TestCounts, TestResult } from "./run-test";

// Apart from the schemas: pages that show a run need not load what those are written in.

/** `null` without test cases. */
export function countTests(results: readonly Pick<TestResult, "status">[]): TestCounts | null {
  if (results.length === 0) return null;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of results) {
    counts[status === "passed" || status === "skipped" ? status : "failed"] += 1;
  }
  return counts;
}

/** In words, without a full stop: "1 of 2 tests failed". */
export function testWords({ passed, failed, skipped }: TestCounts): string {
  const total = passed + failed + skipped;
  const tests = total === 1 ? "test" : "tests";
  if (skipped === total) return total === 1 ? "The test was skipped" : `All ${total} tests were skipped`;
  if (passed === total) return total === 1 ? "The test passed" : `All ${total} tests passed`;
  const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
  return failed > 0
    ? `${failed} of ${total} ${tests} failed${rest}`
    : `${passed} of ${total} ${tests} passed${rest}`;
}
