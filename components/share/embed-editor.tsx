"use client";

import { Play, Square } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formatBytes, formatDuration } from "@/lib/client/format";
import { isActive, type RunState } from "@/lib/client/run-state";
import { typedInput } from "@/lib/client/typed-input";
import { useGuestRun } from "@/lib/client/use-guest-run";
import type { RunDetail } from "@/lib/schemas/history";
import { inOrder } from "@/lib/schemas/output-order";
import { Notice } from "../output/notices";
import { ProgramText } from "../output/program-text";
import { ExitCode, lastStage, StatusMark } from "../run/facts";
import { explain, failureTitle, phaseWords, STATUS_WORDS, storedStatusWords } from "../run/status-words";
import { Button } from "../ui/button";
import { CodeField } from "./code-field";

/** What an embed needs of its run: all of it is sent to the browser. */
export type EmbeddedRun = Pick<RunDetail, "language" | "status" | "output" | "compile" | "durationMs"> & {
  request: Pick<RunDetail["request"], "options" | "code" | "stdin" | "args" | "files">;
};

interface EmbedEditorProps {
  run: EmbeddedRun;
  /** The main file's name. */
  fileName: string;
}

const FONT_SIZE = 13;

/**
 * A program that readers of another site's page can change and run. It runs as a guest's of their address, never as theirs who are signed in
 * here: a page around it could trick them into clicks.
 */
export function EmbedEditor({ run: original, fileName }: EmbedEditorProps) {
  const { language, request } = original;
  const [code, setCode] = useState(request.code);
  const [stdin, setStdin] = useState(request.stdin);
  const { run, stopped, start, stop } = useGuestRun();
  const active = isActive(run) && !stopped;

  function onRun(): void {
    if (active) return;
    const { options, args, files } = request;
    start({ language, options, code, stdin: typedInput(stdin), args, files, mode: "batch" });
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center justify-between gap-2 border-line border-b bg-surface pr-2 pl-4">
        <h2 className="truncate font-mono text-base">{fileName}</h2>
        <div className="flex items-center gap-2">
          {code === request.code && stdin === request.stdin ? null : (
            <Button
              variant="ghost"
              size="sm"
              onClick={() => {
                setCode(request.code);
                setStdin(request.stdin);
              }}
            >
              Reset
            </Button>
          )}
          {/* One button, so that the focus stays where it is. */}
          <Button variant={active ? "outline" : "primary"} size="sm" onClick={active ? stop : onRun}>
            {active ? <Square aria-hidden="true" /> : <Play aria-hidden="true" />}
            {active ? "Stop" : "Run"}
          </Button>
        </div>
      </div>
      <section aria-label="Program" className="min-h-0 flex-[3] overflow-auto bg-surface">
        <CodeField label="Code" code={code} language={language} onChange={setCode} onRun={onRun} />
      </section>
      <details className="shrink-0 border-line border-t bg-sunken" open={request.stdin !== ""}>
        <summary className="cursor-pointer px-4 py-1.5 text-muted text-sm">Input</summary>
        <textarea
          aria-label="Standard input"
          value={stdin}
          onChange={(event) => setStdin(event.target.value)}
          rows={2}
          spellCheck={false}
          className="block w-full resize-y bg-surface px-4 py-1.5 font-mono text-base focus-visible:outline-offset-[-2px]"
        />
      </details>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label="Result"
        className="min-h-0 flex-[2] overflow-auto border-line border-t pb-3 focus-visible:outline-offset-[-2px]"
      >
        {run.phase.name === "idle" ? <Original run={original} /> : <Outcome run={run} stopped={stopped} />}
      </section>
    </div>
  );
}

/** The result that the page's author shared. */
function Original({ run }: { run: EmbeddedRun }) {
  const parts = inOrder(run.output).map(({ stream: kind, text }) => ({ kind, text }));
  return (
    <>
      <Line status={<StatusMark words={storedStatusWords(run.status)} />}>
        {formatDuration(lastStage(run).durationMs)}
      </Line>
      <Printed parts={parts} version="original" />
    </>
  );
}

function Outcome({ run, stopped }: { run: RunState; stopped: boolean }) {
  const { phase } = run;
  const result = phase.name === "done" ? phase.result : null;
  const words = stopped ? STATUS_WORDS.cancelled : phaseWords(phase, false);
  const said = result ? explain(result, null) : null;
  const last = result ? lastStage(result) : null;
  return (
    <>
      <Line
        status={
          <span role="status">
            <StatusMark words={words} active={isActive(run) && !stopped} />
          </span>
        }
      >
        {last ? formatDuration(last.durationMs) : null}
        {result?.memoryUsed ? <span>{formatBytes(result.memoryUsed)}</span> : null}
        {last && last.exitCode !== null ? (
          <span className="inline-flex items-center gap-1">
            <span className="sr-only">Exit code</span>
            <ExitCode {...last} />
          </span>
        ) : null}
      </Line>
      {said === null ? null : <Notice tone={words.tone} text={said} />}
      {phase.name === "failed" ? (
        <div role="alert">
          <Notice tone="bad" text={`${failureTitle(phase.failure)}: ${phase.failure.message}`} />
        </div>
      ) : null}
      {run.compiler !== "" && result?.status === "compile_error" ? (
        <Printed parts={[{ kind: "stderr", text: run.compiler }]} version={`compiler ${run.revision}`} />
      ) : null}
      <Printed parts={run.transcript} version={`${run.revision}`} />
      {result && result.artifacts.length > 0 ? (
        <p className="px-4 pt-2 text-muted text-sm">
          It left files, which can be seen when it is run in Quicksand itself.
        </p>
      ) : null}
    </>
  );
}

function Line({ status, children }: { status: ReactNode; children: ReactNode }) {
  return (
    <p className="flex flex-wrap items-center gap-x-4 px-4 py-1.5 text-base text-muted tabular-nums">
      {status}
      {children}
    </p>
  );
}

function Printed({ parts, version }: { parts: RunState["transcript"]; version: string }) {
  if (parts.length === 0) return null;
  return (
    <section aria-label="Output" className="output-wrap px-4">
      <ProgramText parts={parts} shown="all" version={version} fontSize={FONT_SIZE} placeholder={null} />
    </section>
  );
}
