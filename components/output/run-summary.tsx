"use client";

import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { formatBytes, formatDuration } from "@/lib/client/format";
import { isActive, type RunState } from "@/lib/client/run-state";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { RunResult } from "@/lib/schemas/run";
import { cn } from "../ui/cn";
import { Clock, Unknown } from "./clock";
import { phaseWords, type Tone } from "./status-words";

const DOTS: Readonly<Record<Tone, string>> = {
  neutral: "bg-faint",
  good: "bg-good",
  bad: "bg-bad",
  warn: "bg-warn",
};

const TEXTS: Readonly<Record<Tone, string>> = {
  neutral: "text-ink",
  good: "text-good",
  bad: "text-bad",
  warn: "text-warn",
};

interface RunSummaryProps {
  run: RunState;
  /** The language of the run, which need not be the one in the picker. */
  language: LanguageInfo | null;
}

/** The head line: what ran and how it ended, in the order in which people ask. */
export function RunSummary({ run, language }: RunSummaryProps) {
  const { phase } = run;
  const result = phase.name === "done" ? phase.result : null;
  const last = result ? lastStage(result) : null;
  // A run that had to be killed could not be measured: no program uses no memory at all.
  const measured = result && result.memoryUsed > 0 ? result : null;
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 @md:flex @md:flex-wrap @xl:gap-x-6">
      <Fact name="Language">
        {language?.name ?? run.language}
        <span className="text-faint">{language?.version}</span>
      </Fact>
      <Fact name="Exit code">{last && last.exitCode !== null ? <ExitCode {...last} /> : <Unknown />}</Fact>
      <Fact name="Duration" className="@xl:min-w-22">
        {last ? formatDuration(last.durationMs) : <Clock phase={phase} language={language} />}
      </Fact>
      <Fact name="Status" className="@xl:min-w-26">
        <Status run={run} />
      </Fact>
      <Fact name="Memory">{measured ? formatBytes(measured.memoryUsed) : <Unknown />}</Fact>
      <Fact name="CPU time">{measured ? formatDuration(measured.cpuMs) : <Unknown />}</Fact>
      {result?.compile && last !== result.compile ? (
        <Fact name="Compiled in">{formatDuration(result.compile.durationMs)}</Fact>
      ) : null}
    </dl>
  );
}

/** Where a compile error ended the run, the compiler's exit code and time are the ones that say something. */
function lastStage(result: RunResult): {
  exitCode: number | null;
  durationMs: number;
  signal?: string | null;
} {
  if (result.status === "compile_error" && result.compile) return result.compile;
  return { ...result.output, durationMs: result.durationMs };
}

function Status({ run }: { run: RunState }) {
  const { label, tone } = phaseWords(run.phase, run.stopping);
  return (
    <span role="status" className={cn("inline-flex items-center gap-1.5 font-medium", TEXTS[tone])}>
      <span
        aria-hidden="true"
        className={cn("size-1.5 rounded-full", DOTS[tone], isActive(run) && "animate-pulse bg-accent")}
      />
      {label}
    </span>
  );
}

function Fact({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  return (
    <div className={cn("min-w-0", className)}>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="flex h-5 items-center gap-1 whitespace-nowrap text-base tabular-nums">{children}</dd>
    </div>
  );
}

function ExitCode({ exitCode, signal }: { exitCode: number | null; signal?: string | null }) {
  const good = exitCode === 0;
  const Icon = good ? Check : X;
  return (
    <>
      {exitCode}
      <Icon
        aria-hidden="true"
        strokeWidth={2.5}
        className={cn("size-3.5", good ? "text-good" : "text-bad")}
      />
      {signal ? <span className="text-faint">{signal}</span> : null}
    </>
  );
}
