import { formatDuration } from "@/lib/client/format";
import type { RunDetail } from "@/lib/schemas/history";
import { type RunTest, SKIPPED } from "@/lib/schemas/run-test";
import { countTests, testWords } from "@/lib/schemas/test-counts";
import { ResultPart } from "../share/program-output";
import { compareWords } from "./compare-words";
import { Labelled, PlainText, TestOutcome } from "./test-outcome";
import { VerdictMark } from "./verdict";

/** Characters of a page that its tests share, and rows: a page with 50 large tests must not be 50 times as large. */
const MAX_CHARS = 300_000;
const MAX_ROWS = 3_000;

interface TestReportProps {
  run: Pick<RunDetail, "tests" | "request" | "status">;
}

/** The test cases of a stored run, each of which opens. Rendered on the server, and works without JavaScript. */
export function TestReport({ run }: TestReportProps) {
  const { tests } = run.request;
  const counts = countTests(run.tests);
  if (tests.length === 0) return null;
  const share = {
    maxChars: Math.floor(MAX_CHARS / 4 / tests.length),
    maxRows: Math.floor(MAX_ROWS / tests.length),
  };
  return (
    <ResultPart name={counts ? testWords(counts) : `${tests.length} tests`}>
      <ol aria-label="Tests" className="overflow-hidden rounded-md border border-line bg-surface">
        {tests.map((test, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
          <li key={at} className="border-line border-b last:border-b-0">
            <Case
              test={test}
              result={run.tests[at] ?? (run.status === "running" ? null : SKIPPED)}
              {...share}
            />
          </li>
        ))}
      </ol>
    </ResultPart>
  );
}

interface CaseProps {
  test: RunTest;
  result: RunDetail["tests"][number] | null;
  maxChars: number;
  maxRows: number;
}

function Case({ test, result, maxChars, maxRows }: CaseProps) {
  return (
    <details className="group">
      <summary className="flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 px-2.5 py-1.5 text-base focus-visible:outline-offset-[-2px] max-sm:min-h-11">
        <span className="min-w-0 break-words font-medium">{test.name}</span>
        <span className="ml-auto flex items-center gap-3">
          <VerdictMark verdict={result} />
          <span className="w-14 text-right text-faint tabular-nums">
            {result && result.durationMs > 0 ? formatDuration(result.durationMs) : ""}
          </span>
        </span>
      </summary>
      <div className="space-y-3 border-line border-t bg-canvas px-2.5 py-3">
        <div className="grid gap-3 @lg:grid-cols-2">
          <Labelled name="Input">
            <PlainText label={`Input of ${test.name}`} text={test.stdin} maxChars={maxChars} />
          </Labelled>
          <Labelled name={`Expected, ${compareWords(test.compare)}`}>
            <PlainText label={`Expected of ${test.name}`} text={test.expected} maxChars={maxChars} />
          </Labelled>
        </div>
        {result ? <TestOutcome test={test} result={result} maxChars={maxChars} maxRows={maxRows} /> : null}
      </div>
    </details>
  );
}
