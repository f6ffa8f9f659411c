import Link from "next/link";
import type { ReactNode } from "react";
import { formatBytes, formatDuration } from "@/lib/client/format";
import { languageLabel } from "@/lib/client/language-label";
import { runUrl } from "@/lib/client/run-url";
import { formatUtc } from "@/lib/client/time-text";
import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { countTests } from "@/lib/schemas/test-counts";
import { lastStage, StatusMark, Unknown } from "../run/facts";
import { runWords } from "../run/status-words";
import { runHeading } from "../share/run-heading";
import { cn } from "../ui/cn";

interface CompareFiguresProps {
  a: RunDetail;
  b: RunDetail;
  languages: readonly LanguageInfo[];
}

/** The figures of both runs with their relative change. */
export function CompareFigures({ a, b, languages }: CompareFiguresProps) {
  const ended = a.status !== "running" && b.status !== "running";
  const languageOf = (run: RunDetail) => languages.find(({ id }) => id === run.language) ?? null;
  const madeWith = (run: RunDetail) => {
    const language = languageOf(run);
    return language ? languageLabel(language, run.options) : run.language;
  };
  return (
    <section aria-label="Figures" className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full table-fixed text-base tabular-nums">
        <thead>
          <tr className="border-line border-b">
            <td className="w-24 sm:w-36" />
            <Head run={a} language={languageOf(a)} letter="A" />
            <Head run={b} language={languageOf(b)} letter="B" />
            <th scope="col" className="w-28 px-4 py-2.5 text-left font-medium text-faint max-sm:hidden">
              B to A
            </th>
          </tr>
        </thead>
        <tbody>
          <Row name="Status" a={<Status run={a} />} b={<Status run={b} />} />
          <Row name="Language" a={madeWith(a)} b={madeWith(b)} />
          <Row name="Exit code" a={exitCode(a)} b={exitCode(b)} />
          <Row
            name="Duration"
            a={formatDuration(lastStage(a).durationMs)}
            b={formatDuration(lastStage(b).durationMs)}
            change={ended ? <Change from={a.durationMs} to={b.durationMs} /> : null}
          />
          <Row
            name="CPU time"
            a={a.cpuMs ? formatDuration(a.cpuMs) : <Unknown />}
            b={b.cpuMs ? formatDuration(b.cpuMs) : <Unknown />}
            change={<Change from={a.cpuMs} to={b.cpuMs} />}
          />
          <Row
            name="Memory"
            a={a.memoryUsed ? formatBytes(a.memoryUsed) : <Unknown />}
            b={b.memoryUsed ? formatBytes(b.memoryUsed) : <Unknown />}
            change={<Change from={a.memoryUsed} to={b.memoryUsed} />}
          />
          <Row name="Started" a={formatUtc(a.createdAt)} b={formatUtc(b.createdAt)} />
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps {
  run: RunDetail;
  language: LanguageInfo | null;
  letter: string;
}

function Head({ run, language, letter }: HeadProps) {
  return (
    <th scope="col" className="px-2 py-2.5 text-left font-medium sm:px-4">
      <span className="flex min-w-0 items-center gap-2">
        <span className="flex size-5 shrink-0 items-center justify-center rounded-sm bg-accent-wash text-accent-ink text-sm">
          {letter}
        </span>
        <Link href={runUrl(run.id)} prefetch={false} className="min-w-0 truncate rounded-sm hover:underline">
          {runHeading({ run, language })}
        </Link>
      </span>
    </th>
  );
}

interface RowProps {
  name: string;
  a: ReactNode;
  b: ReactNode;
  change?: ReactNode;
}

function Row({ name, a, b, change }: RowProps) {
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className="px-3 py-2 text-left font-normal text-faint sm:px-4">
        {name}
      </th>
      <td className="px-2 py-2 sm:px-4">{a}</td>
      <td className="px-2 py-2 sm:px-4">{b}</td>
      <td className="px-4 py-2 max-sm:hidden">{change}</td>
    </tr>
  );
}

function Status({ run }: { run: RunDetail }) {
  return (
    <StatusMark
      words={runWords({ ...run, tests: countTests(run.tests) })}
      active={run.status === "running"}
    />
  );
}

function exitCode(run: RunDetail): ReactNode {
  return lastStage(run).exitCode ?? <Unknown />;
}

/** The relative change in percent; nothing if a value is zero. */
function Change({ from, to }: { from: number | null; to: number | null }) {
  if (!from || !to) return null;
  const percent = Math.round(((to - from) / from) * 100);
  if (percent === 0) return <span className="text-faint">same</span>;
  return (
    <span className={cn(percent < 0 ? "text-good" : "text-warn")}>
      {percent > 0 ? "+" : "−"}
      {Math.abs(percent)} %
    </span>
  );
}
