import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import type { CompileResult, RunOutput } from "@/lib/schemas/run";
import { cn } from "../ui/cn";
import type { StatusWords, Tone } from "./status-words";

/** Layout of a list of facts: one line, or two where the pane is narrow. */
export const FACTS = "flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2";

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

interface FactProps {
  name: ReactNode;
  /** The value says by itself what it is; its name is for screen readers. */
  unnamed?: boolean;
  className?: string;
  children: ReactNode;
}

/** A name and its value, in a `<dl>`, on one line. */
export function Fact({ name, unnamed = false, className, children }: FactProps) {
  return (
    <div
      className={cn("relative flex min-w-0 items-baseline gap-1.5 whitespace-nowrap text-base", className)}
    >
      <dt className={unnamed ? "sr-only" : "text-faint"}>{name}</dt>
      <dd className="inline-flex h-5 items-center gap-1 tabular-nums">{children}</dd>
    </div>
  );
}

/** A run's status as a coloured label. */
export function StatusMark({ words, active = false }: { words: StatusWords; active?: boolean }) {
  return (
    <span className={cn("inline-flex items-baseline gap-1.5 font-medium", TEXTS[words.tone])}>
      <span
        aria-hidden="true"
        className={cn(
          // On the words' baseline, which is the mark's: with the dot in their middle it would be the dot's edge.
          "-top-px relative size-1.5 shrink-0 rounded-full",
          DOTS[words.tone],
          active && "animate-pulse bg-accent",
        )}
      />
      {words.label}
    </span>
  );
}

/** Placeholder for a value that is not known, or not yet. */
export function Unknown() {
  return (
    <span className="text-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not known</span>
    </span>
  );
}

export function ExitCode({ exitCode, signal }: { exitCode: number | null; signal?: string | null }) {
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

interface Ended {
  status: string;
  output: RunOutput;
  compile: CompileResult | null;
  durationMs: number;
}

interface LastStage {
  exitCode: number | null;
  durationMs: number;
  signal?: string | null;
}

/** The stage whose exit code and duration to show: the compiler's if it failed, else the program's. */
export function lastStage(result: Ended): LastStage {
  if (result.status === "compile_error" && result.compile) return result.compile;
  return { ...result.output, durationMs: result.durationMs };
}
