"use client";

import { ArrowDown } from "lucide-react";
import { type ReactNode, type RefObject, useMemo } from "react";
import type { Problem } from "@/lib/client/problem";
import { isActive, type RunState, type TranscriptPart } from "@/lib/client/run-state";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";
import { ProblemsPanel } from "../problems/problems-panel";
import { explain, phaseWords } from "../run/status-words";
import { SharePopover } from "../share/share-popover";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Artifacts } from "./artifacts";
import { EmptyOutput } from "./empty-output";
import { FailureCard } from "./failure-card";
import { LiveInput } from "./live-input";
import { Notice, Preparing } from "./notices";
import { OutputToolbar } from "./output-toolbar";
import { ProblemList } from "./problem-list";
import { RunSummary } from "./run-summary";
import { TextView } from "./text-view";
import { useBlocks } from "./use-blocks";
import { useStickToEnd } from "./use-stick-to-end";

interface OutputPaneProps {
  run: RunState;
  /** The language of the run. */
  language: LanguageInfo | null;
  diagnostics: readonly Diagnostic[];
  wrap: boolean;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onWrap: (wrap: boolean) => void;
  onClear: () => void;
  onRetry: () => void;
  onExamples: () => void;
  onJump: (place: Pick<Diagnostic, "line" | "column">) => void;
  /** What is marked in the program now. */
  problems: readonly Problem[];
  onLines: (text: string) => void;
  onEndInput: () => void;
}

/** The current run: summary, output and the live input field. */
export function OutputPane(props: OutputPaneProps) {
  const { run, language, wrap } = props;
  const { phase } = run;
  const running = phase.name === "running" && phase.stage === "run";
  return (
    <section aria-label="Result" className="@container flex h-full min-h-0 flex-col bg-canvas">
      <OutputToolbar
        text={run.stdout || run.stderr || run.compiler}
        fileName={`output-${run.runId || "run"}.txt`}
        wrap={wrap}
        onWrap={props.onWrap}
        canClear={phase.name !== "idle" && !isActive(run)}
        onClear={props.onClear}
        share={phase.name === "done" ? <SharePopover key={run.runId} runId={run.runId} /> : null}
      />
      <Activity run={run} />
      {phase.name === "idle" ? (
        <EmptyOutput onExamples={props.onExamples} />
      ) : (
        <>
          <RunSummary run={run} language={language} />
          <ResultNotice run={run} language={language} />
          <Texts {...props} />
        </>
      )}
      {props.problems.length > 0 ? (
        <div className="max-h-40 shrink-0 overflow-hidden border-line border-t [&>section]:max-h-40">
          <ProblemsPanel problems={props.problems} onJump={props.onJump} />
        </div>
      ) : null}
      {running && run.interactive && !run.inputEnded && !run.stopping ? (
        <LiveInput
          inputRef={props.inputRef}
          activity={run.stdout.length + run.stderr.length + run.transcript.length}
          onLines={props.onLines}
          onEnd={props.onEndInput}
        />
      ) : null}
    </section>
  );
}

/** A thin animated line while a run is active. */
function Activity({ run }: { run: RunState }) {
  return (
    <div aria-hidden="true" className="relative -mt-px h-px overflow-hidden">
      {isActive(run) ? <div className="sweep h-full w-1/4 bg-accent" /> : null}
    </div>
  );
}

function ResultNotice({ run, language }: Pick<OutputPaneProps, "run" | "language">) {
  if (run.phase.name !== "done") return null;
  const words = explain(run.phase.result, language?.limits ?? null);
  return words === null ? null : <Notice tone={phaseWords(run.phase, false).tone} text={words} />;
}

function Texts({ run, diagnostics, wrap, onJump, onRetry }: OutputPaneProps) {
  const { phase, revision } = run;
  const active = isActive(run);
  const { scroller, content, atEnd, toEnd } = useStickToEnd(revision);
  const problems = <ProblemList diagnostics={diagnostics} onJump={onJump} />;
  const done = phase.name === "done";
  const nothing = run.stdout === "" && run.stderr === "" && run.compiler === "";
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label="Result text"
        className={cn("h-full overflow-auto focus-visible:outline-offset-[-2px]", wrap && "output-wrap")}
      >
        <div ref={content} className="min-w-full pb-4">
          {phase.name === "preparing" ? <Preparing message={phase.message} percent={phase.percent} /> : null}
          {phase.name === "failed" ? <FailureCard failure={phase.failure} onRetry={onRetry} /> : null}
          <TextPart name="Compiler" text={run.compiler} revision={revision} head={problems} />
          <Transcript
            parts={run.transcript}
            revision={revision}
            placeholder={done && nothing ? "The program printed nothing." : null}
          />
          <TextPart
            name="Errors"
            text={run.stderr}
            revision={revision}
            head={run.compiler ? null : problems}
            tone="bad"
          />
          {phase.name === "done" ? <Artifacts artifacts={phase.result.artifacts} /> : null}
        </div>
      </section>
      {active && !atEnd ? (
        <Button size="sm" className="absolute right-4 bottom-3 shadow-pop" onClick={toEnd}>
          <ArrowDown aria-hidden="true" />
          Follow output
        </Button>
      ) : null}
    </div>
  );
}

interface TranscriptProps {
  parts: readonly TranscriptPart[];
  revision: number;
  placeholder: string | null;
}

function Transcript({ parts, revision, placeholder }: TranscriptProps) {
  const blocks = useBlocks(parts, revision);
  if (blocks.length === 0 && placeholder === null) return null;
  return (
    <TextSection name="Output">
      {blocks.length === 0 ? (
        <p className="text-base text-faint">{placeholder}</p>
      ) : (
        <TextView blocks={blocks} />
      )}
    </TextSection>
  );
}

interface TextPartProps {
  name: string;
  text: string;
  revision: number;
  head: ReactNode;
  tone?: "bad";
}

function TextPart({ name, text, revision, head, tone }: TextPartProps) {
  const parts = useMemo<TranscriptPart[]>(() => (text === "" ? [] : [{ kind: "printed", text }]), [text]);
  const blocks = useBlocks(parts, revision);
  if (text === "") return null;
  return (
    <TextSection name={name} {...(tone && { tone })}>
      {head}
      <TextView blocks={blocks} />
    </TextSection>
  );
}

function TextSection({ name, tone, children }: { name: string; tone?: "bad"; children: ReactNode }) {
  return (
    <section aria-label={name} className="px-4 pt-3">
      <h3 className={cn("mb-1.5 font-medium text-sm", tone === "bad" ? "text-bad" : "text-faint")}>{name}</h3>
      {children}
    </section>
  );
}
