"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formatBytes, formatDuration } from "@/lib/client/format";
import { isolationText } from "@/lib/client/isolation-text";
import { languageLabel } from "@/lib/client/language-label";
import { isActive, type RunState, type ShownResult } from "@/lib/client/run-state";
import type { LanguageInfo } from "@/lib/schemas/language";
import { ExitCode, FACTS, Fact, lastStage, StatusMark, Unknown } from "../run/facts";
import { endWords, phaseWords } from "../run/status-words";
import { Button } from "../ui/button";
import { Popover } from "../ui/popover";
import { Clock } from "./clock";

interface RunSummaryProps {
  run: RunState;
  /** The language of the run, which may differ from the selected one. */
  language: LanguageInfo | null;
}

/** The run in one line: how it ended, and what it took. The rest is in its details. */
export function RunSummary({ run, language }: RunSummaryProps) {
  const { phase } = run;
  const result = phase.name === "done" ? phase.result : null;
  const last = result ? lastStage(result) : null;
  return (
    <div className="flex items-start gap-2 border-line border-b pr-2 pl-4">
      <dl className={FACTS}>
        <Fact name="Status" unnamed>
          <Status run={run} />
        </Fact>
        <Fact name="Duration">
          {last ? formatDuration(last.durationMs) : <Clock run={run} language={language} />}
        </Fact>
        <Fact name="Memory">{result?.memoryUsed ? formatBytes(result.memoryUsed) : <Unknown />}</Fact>
        <Fact name="Exit code">{last && last.exitCode !== null ? <ExitCode {...last} /> : <Unknown />}</Fact>
        <Fact name="Language" className="@max-2xl:sr-only">
          {language?.name ?? run.language}
          <span className="text-faint">{language?.version}</span>
        </Fact>
      </dl>
      {result ? <Details result={result} language={language} /> : null}
      {/* After the status, which is a live region too: what that word leaves out. */}
      <p aria-live="polite" className="sr-only">
        {result ? endWords(result) : ""}
      </p>
    </div>
  );
}

function Status({ run }: { run: RunState }) {
  return (
    <span role="status">
      <StatusMark words={phaseWords(run.phase, run.stopping)} active={isActive(run)} />
    </span>
  );
}

function Details({ result, language }: { result: ShownResult; language: LanguageInfo | null }) {
  const [open, setOpen] = useState(false);
  const { compile, cpuMs, queuedMs, isolation } = result;
  return (
    <div className="flex h-9 shrink-0 items-center">
      <Popover
        label="Details of the run"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="ghost" size="sm">
            Details
            <ChevronDown aria-hidden="true" />
          </Button>
        }
      >
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-base tabular-nums">
          <Detail name="Language">
            {language ? languageLabel(language, result.options) : result.language}
          </Detail>
          <Detail name="Processor time">{cpuMs === null ? <Unknown /> : formatDuration(cpuMs)}</Detail>
          {compile ? <Detail name="Compiled in">{formatDuration(compile.durationMs)}</Detail> : null}
          <Detail name="Waited">{formatDuration(queuedMs)}</Detail>
          {language ? (
            <Detail name="Limits">
              {formatDuration(language.limits.run.timeoutMs)}, {formatBytes(language.limits.run.memoryBytes)}
            </Detail>
          ) : null}
          <Detail name="Ran in">{isolationText(isolation)}</Detail>
        </dl>
      </Popover>
    </div>
  );
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
