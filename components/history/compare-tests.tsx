import { formatDuration } from "@/lib/client/format";
import type { RunDetail } from "@/lib/schemas/history";
import type { RunTest, TestResult } from "@/lib/schemas/run-test";
import { OutputDiff } from "../tests/output-diff";
import { VerdictMark } from "../tests/verdict";

/** One test case in both runs; `null` in a run that did not have it. */
interface Pair {
  name: string;
  compare: RunTest["compare"];
  a: TestResult | null;
  b: TestResult | null;
}

const MAX_ROWS = 100;

/** The test cases of two runs side by side, matched by their names. */
export function CompareTests({ a, b }: { a: RunDetail; b: RunDetail }) {
  const pairs = pairsOf(a, b);
  if (pairs.length === 0) return null;
  return (
    <section aria-label="Tests" className="overflow-hidden rounded-lg border border-line bg-surface">
      <h2 className="border-line border-b px-4 py-2.5 font-medium text-base">Tests</h2>
      <ol>
        {pairs.map((pair, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
          <li key={at} className="space-y-2 border-line border-b px-4 py-2.5 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
              <h3 className="min-w-40 flex-1 break-words font-medium text-base">{pair.name}</h3>
              <Side letter="A" result={pair.a} />
              <Side letter="B" result={pair.b} />
            </div>
            {pair.a && pair.b && pair.a.actual !== pair.b.actual ? (
              <OutputDiff
                label={`Difference of ${pair.name}`}
                expected={pair.a.actual}
                actual={pair.b.actual}
                compare={pair.compare}
                maxRows={MAX_ROWS}
                sides={["printed in A", "printed in B"]}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Side({ letter, result }: { letter: string; result: TestResult | null }) {
  return (
    <span className="flex w-48 items-center gap-2 text-base max-sm:w-full">
      <span className="text-faint text-sm">{letter}</span>
      {result ? <VerdictMark verdict={result} /> : <span className="text-faint">Not in this run</span>}
      {result && result.durationMs > 0 ? (
        <span className="ml-auto text-faint tabular-nums">{formatDuration(result.durationMs)}</span>
      ) : null}
    </span>
  );
}

/** By name, and where a name is there several times, by their order. */
function pairsOf(a: RunDetail, b: RunDetail): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const side of ["a", "b"] as const) {
    const run = side === "a" ? a : b;
    const times = new Map<string, number>();
    for (const [at, { name, compare }] of run.request.tests.entries()) {
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      const key = `${time} ${name}`;
      const pair = pairs.get(key) ?? { name, compare, a: null, b: null };
      pairs.set(key, { ...pair, [side]: run.tests[at] ?? null });
    }
  }
  return [...pairs.values()];
}
