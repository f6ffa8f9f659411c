import { TESTS_TIMES } from "../schemas/limits";
import type { TestResult } from "../schemas/run";
import { countTests, testWords } from "../schemas/test-counts";
import { duration, type StepEnd } from "./outcome";
import type { RunSpec } from "./sandbox";

/** Test cases that a message names. */
const MAX_NAMED = 3;

/**
 * What a run with test cases says: how many of them did not pass, and which; `null` where all of them did, and for an end that is
 * not the program's, which has words of its own.
 */
export function testsMessage(
  end: Pick<StepEnd, "status" | "trailer">,
  { tests, limits }: Pick<RunSpec, "tests" | "limits">,
  results: readonly TestResult[],
): string | null {
  const counts = countTests(results);
  if (!counts || counts.passed === results.length) return null;
  if (end.status === "cancelled" || end.status === "system_error") return null;
  const failed = results.flatMap(({ status }, at) =>
    status === "passed" || status === "skipped" ? [] : [JSON.stringify(tests[at]?.name ?? "")],
  );
  const shown = failed.slice(0, MAX_NAMED).join(", ");
  const more = failed.length - MAX_NAMED;
  const names = failed.length === 0 ? "" : `: ${shown}${more > 0 ? ` and ${more} more` : ""}`;
  return `${testWords(counts)}${names}.${counts.skipped === 0 ? "" : whySkipped(end, limits)}`;
}

function whySkipped({ trailer }: Pick<StepEnd, "trailer">, { run }: Pick<RunSpec["limits"], "run">): string {
  if (trailer === null)
    return " The rest was skipped, because the sandbox ended with the last test that ran.";
  const [each, all] = [duration(run.timeoutMs), duration(TESTS_TIMES * run.timeoutMs)];
  return ` The rest was skipped: a test has ${each}, and all of a run together have ${all}.`;
}
