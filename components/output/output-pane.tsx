"use client";

import { type RefObject, useRef, useState } from "react";
import { isActive, type RunState } from "@/lib/client/run-state";
import type { Terminal } from "@/lib/client/terminal";
import { partsOf, type Shown } from "@/lib/client/transcript";
import { usePreferences } from "@/lib/client/use-preferences";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { TerminalSize } from "@/lib/schemas/run";
import { SharePopover } from "../share/share-popover";
import { Skeleton } from "../ui/skeleton";
import { EmptyOutput } from "./empty-output";
import { LiveInput } from "./live-input";
import { OutputToolbar } from "./output-toolbar";
import { ResultNotices } from "./result-notices";
import { ResultText } from "./result-text";
import { RunSummary } from "./run-summary";
import { seenText } from "./seen-text";
import { TerminalResult } from "./terminal-result";
import { useFocusCaught } from "./use-focus";

interface OutputPaneProps {
  run: RunState;
  /** The language of the run. */
  language: LanguageInfo | null;
  diagnostics: readonly Diagnostic[];
  wrap: boolean;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  /** Of a run in a terminal; `null` until it has begun. */
  terminal: Terminal | null;
  onTerminalSize: (size: TerminalSize) => void;
  onWrap: (wrap: boolean) => void;
  onClear: () => void;
  onRetry: () => void;
  onExamples: () => void;
  onJump: (diagnostic: Diagnostic) => void;
  onLines: (text: string) => void;
  onEndInput: () => void;
}

/** The current run: summary, output and the live input field. */
export function OutputPane(props: OutputPaneProps) {
  const { run, language, wrap, diagnostics } = props;
  const { phase } = run;
  const text = useRef<HTMLElement>(null);
  const [shown, setShown] = useShown(run);
  const [{ fontSize }] = usePreferences();
  const active = isActive(run);
  const running = phase.name === "running" && phase.stage === "run";
  useFocusCaught(text, `${active} ${run.stopping}`);
  return (
    <section aria-label="Result" className="@container flex h-full min-h-0 flex-col bg-canvas">
      <OutputToolbar
        empty={run.transcript.length === 0 && run.compiler === ""}
        text={() => seenText(partsOf(run.transcript, shown)) || run.compiler}
        fileName={`output-${run.runId || "run"}.txt`}
        wrap={wrap}
        onWrap={props.onWrap}
        canClear={phase.name === "done" || phase.name === "failed"}
        onClear={props.onClear}
        share={phase.name === "done" ? <SharePopover key={run.runId} runId={run.runId} /> : null}
      />
      <Activity active={active} />
      {phase.name === "idle" ? <EmptyOutput onExamples={props.onExamples} /> : null}
      {phase.name === "loading" ? <LoadingOutput /> : null}
      {phase.name === "idle" || phase.name === "loading" ? null : (
        <>
          <RunSummary run={run} language={language} />
          <ResultNotices run={run} language={language} />
          {run.terminal && phase.name !== "failed" ? (
            <TerminalResult run={run} terminal={props.terminal} onResize={props.onTerminalSize} />
          ) : (
            <ResultText
              run={run}
              diagnostics={diagnostics}
              scroller={text}
              wrap={wrap}
              fontSize={fontSize}
              shown={shown}
              onShown={setShown}
              onJump={props.onJump}
              onRetry={props.onRetry}
            />
          )}
        </>
      )}
      {running && run.interactive && !run.inputEnded && !run.stopping ? (
        <LiveInput
          inputRef={props.inputRef}
          after={text}
          activity={run.stdout.length + run.stderr.length + run.transcript.length}
          onLines={props.onLines}
          onEnd={props.onEndInput}
        />
      ) : null}
    </section>
  );
}

/** The choice of streams, which holds for one run. */
function useShown({ revision, runId }: RunState): [Shown, (shown: Shown) => void] {
  const key = runId === "" ? `${revision}` : runId;
  const [choice, setChoice] = useState<{ key: string; shown: Shown } | null>(null);
  return [choice?.key === key ? choice.shown : "all", (shown) => setChoice({ key, shown })];
}

/** A thin animated line while a run is active. */
function Activity({ active }: { active: boolean }) {
  return (
    <div aria-hidden="true" className="relative -mt-px h-px overflow-hidden">
      {active ? <div className="sweep h-full w-1/4 bg-accent" /> : null}
    </div>
  );
}

function LoadingOutput() {
  return (
    <div aria-busy="true" className="space-y-3 p-4">
      <p className="sr-only">The last result is loading.</p>
      <Skeleton className="h-5 w-64 max-w-full" />
      <Skeleton className="h-24 w-full" />
    </div>
  );
}
