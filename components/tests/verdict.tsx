import type { TestResult, TestStatus } from "@/lib/schemas/run-test";
import { StatusMark } from "../run/facts";
import type { StatusWords } from "../run/status-words";

/** What is known of a test case: its result, that it is to run in the present run, or nothing. */
export type Verdict = TestResult | "waiting" | null;

const VERDICT_WORDS: Readonly<Record<TestStatus, StatusWords>> = {
  passed: { label: "Passed", tone: "good" },
  failed: { label: "Wrong answer", tone: "bad" },
  error: { label: "Error", tone: "bad" },
  timeout: { label: "Timed out", tone: "warn" },
  memory_limit: { label: "Out of memory", tone: "warn" },
  output_limit: { label: "Too much output", tone: "warn" },
  skipped: { label: "Skipped", tone: "neutral" },
};

/** The words of a verdict; a program that ended by itself says with which exit code. */
export function verdictWords(verdict: Verdict): StatusWords {
  if (verdict === null) return { label: "Not run", tone: "neutral" };
  if (verdict === "waiting") return { label: "Waiting…", tone: "neutral" };
  const words = VERDICT_WORDS[verdict.status];
  return verdict.exitCode === undefined ? words : { ...words, label: `Exit code ${verdict.exitCode}` };
}

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return <StatusMark words={verdictWords(verdict)} active={verdict === "waiting"} />;
}
