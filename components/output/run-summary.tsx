"use client";

import { formatBytes, formatDuration } from "@/lib/client/format";
import { isActive, type RunState } from "@/lib/client/run-state";
import type { LanguageInfo } from "@/lib/schemas/language";
import { ExitCode, FACTS, Fact, lastStage, StatusMark, Unknown } from "../run/facts";
import { phaseWords } from "../run/status-words";
import { Clock } from "./clock";

interface RunSummaryProps {
  run: RunState;
  /** The language of the run, which may differ from the selected one. */
  language: LanguageInfo | null;
}

/** The summary line of a run. */
export function RunSummary({ run, language }: RunSummaryProps) {
  const { phase } = run;
  const result = phase.name === "done" ? phase.result : null;
  const last = result ? lastStage(result) : null;
  return (
    <dl className={FACTS}>
      <Fact name="Language">
        {language?.name ?? run.language}
        <span className="text-faint">{language?.version}</span>
      </Fact>
      <Fact name="Exit code">{last && last.exitCode !== null ? <ExitCode {...last} /> : <Unknown />}</Fact>
      <Fact name="Duration" className="@xl:min-w-22">
        {last ? formatDuration(last.durationMs) : <Clock run={run} language={language} />}
      </Fact>
      <Fact name="Status" className="@xl:min-w-26">
        <Status run={run} />
      </Fact>
      <Fact name="Memory">{result?.memoryUsed ? formatBytes(result.memoryUsed) : <Unknown />}</Fact>
      <Fact name="CPU time">{result?.cpuMs ? formatDuration(result.cpuMs) : <Unknown />}</Fact>
      {result?.compile && last !== result.compile ? (
        <Fact name="Compiled in">{formatDuration(result.compile.durationMs)}</Fact>
      ) : null}
    </dl>
  );
}

function Status({ run }: { run: RunState }) {
  return (
    <span role="status">
      <StatusMark words={phaseWords(run.phase, run.stopping)} active={isActive(run)} />
    </span>
  );
}
