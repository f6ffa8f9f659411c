"use client";

import { Check, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { formatBytes, formatDuration } from "@/lib/client/format";
import { isActive, type RunState } from "@/lib/client/run-state";
import type { LanguageInfo } from "@/lib/schemas/language";
import { cn } from "../ui/cn";
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
  const { label, tone } = phaseWords(phase, run.stopping);
  return (
    <dl className="grid grid-cols-3 gap-x-5 gap-y-2 border-line border-b px-4 py-2.5 sm:flex sm:flex-wrap sm:gap-x-7">
      <Fact name="Language">
        {language?.name ?? run.language}
        <span className="text-faint">{language?.version}</span>
      </Fact>
      <Fact name="Exit code">
        {result && result.output.exitCode !== null ? <ExitCode code={result.output.exitCode} /> : <Unknown />}
      </Fact>
      <Fact name="Duration">
        {result ? (
          formatDuration(result.durationMs)
        ) : isActive(run) ? (
          <Clock run={run} language={language} />
        ) : (
          <Unknown />
        )}
      </Fact>
      <Fact name="Status">
        <span role="status" className={cn("inline-flex items-center gap-1.5 font-medium", TEXTS[tone])}>
          <span
            aria-hidden="true"
            className={cn("size-1.5 rounded-full", DOTS[tone], isActive(run) && "animate-pulse bg-accent")}
          />
          {label}
        </span>
      </Fact>
      <Fact name="Memory">{result ? formatBytes(result.memoryUsed) : <Unknown />}</Fact>
      <Fact name="CPU time">{result ? formatDuration(result.cpuMs) : <Unknown />}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="flex h-5 items-center gap-1 truncate text-base tabular-nums">{children}</dd>
    </div>
  );
}

function Unknown() {
  return (
    <span className="text-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not known</span>
    </span>
  );
}

function ExitCode({ code }: { code: number }) {
  const Icon = code === 0 ? Check : X;
  return (
    <span className="inline-flex items-center gap-1">
      {code}
      <Icon
        aria-hidden="true"
        strokeWidth={2.5}
        className={cn("size-3.5", code === 0 ? "text-good" : "text-bad")}
      />
    </span>
  );
}

/** Time since the program was started, beside its limit. Apart, so that only this is drawn ten times a second. */
function Clock({ run, language }: RunSummaryProps) {
  const running = run.phase.name === "running";
  const stage = run.phase.name === "running" ? run.phase.stage : "run";
  const limit = stage === "compile" ? language?.limits.compile : language?.limits.run;
  const elapsedMs = useElapsed(running ? stage : null);
  if (elapsedMs === null) return <Unknown />;
  return (
    <>
      {(elapsedMs / 1000).toFixed(1)} s
      {limit ? <span className="text-faint">of {Math.round(limit.timeoutMs / 1000)} s</span> : null}
    </>
  );
}

/** Milliseconds since `key` last changed, `null` while there is none. */
function useElapsed(key: string | null): number | null {
  const [elapsed, setElapsed] = useState<number | null>(null);
  useEffect(() => {
    if (key === null) return;
    const started = performance.now();
    setElapsed(0);
    const timer = setInterval(() => setElapsed(performance.now() - started), 100);
    return () => {
      clearInterval(timer);
      setElapsed(null);
    };
  }, [key]);
  return elapsed;
}
