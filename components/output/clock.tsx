"use client";

import { useEffect, useState } from "react";
import type { RunState } from "@/lib/client/run-state";
import type { LanguageInfo } from "@/lib/schemas/language";
import { Unknown } from "../run/facts";

/** Time since the stage began, with its limit. A component of its own, since it renders ten times a second. */
export function Clock({ run, language }: { run: RunState; language: LanguageInfo | null }) {
  const { phase, interactive, terminal } = run;
  const stage = phase.name === "running" ? phase.stage : null;
  // A program that waits for typed input is limited by processor time and idleness, which this clock does not show.
  const timed = stage === "compile" || (stage === "run" && !interactive && !terminal);
  const limit = timed ? language?.limits[stage] : null;
  const elapsedMs = useElapsed(stage);
  if (elapsedMs === null) return <Unknown />;
  return (
    <>
      {(elapsedMs / 1000).toFixed(1)} s
      {limit ? <span className="text-faint">(time limit {Math.round(limit.timeoutMs / 1000)} s)</span> : null}
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
