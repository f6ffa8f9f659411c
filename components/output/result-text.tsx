"use client";

import { ArrowDown } from "lucide-react";
import type { RefObject } from "react";
import { isActive, type RunState } from "@/lib/client/run-state";
import type { Shown } from "@/lib/client/transcript";
import type { Diagnostic } from "@/lib/languages/editor";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Artifacts } from "./artifacts";
import { CompilerOutput } from "./compiler-output";
import { FailureCard } from "./failure-card";
import { Preparing } from "./notices";
import { ProblemList } from "./problem-list";
import { ProgramText } from "./program-text";
import { StreamFilter } from "./stream-filter";
import { useStickToEnd } from "./use-stick-to-end";

interface ResultTextProps {
  run: RunState;
  diagnostics: readonly Diagnostic[];
  scroller: RefObject<HTMLElement | null>;
  wrap: boolean;
  fontSize: number;
  shown: Shown;
  onShown: (shown: Shown) => void;
  onJump: (diagnostic: Diagnostic) => void;
  onRetry: () => void;
}

/** Everything below the summary, which scrolls: what was said, printed, typed and left. */
export function ResultText({ run, diagnostics, scroller, wrap, fontSize, ...props }: ResultTextProps) {
  const { phase, revision } = run;
  const { content, atEnd, toEnd } = useStickToEnd(scroller, revision);
  const version = `${revision}`;
  const problems = <ProblemList diagnostics={diagnostics} onJump={props.onJump} />;
  const { folded, failed } = compileState(run);
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
          {phase.name === "failed" ? <FailureCard failure={phase.failure} onRetry={props.onRetry} /> : null}
          <CompilerOutput
            text={run.compiler}
            version={version}
            fontSize={fontSize}
            folded={folded}
            head={failed ? problems : null}
          />
          <Printed run={run} ran={!failed} shown={props.shown} onShown={props.onShown} fontSize={fontSize} />
          {failed || diagnostics.length === 0 ? null : <div className="px-4 pt-3">{problems}</div>}
          {phase.name === "done" ? <Artifacts artifacts={phase.result.artifacts} /> : null}
        </div>
      </section>
      {isActive(run) && !atEnd ? (
        <Button size="sm" className="absolute right-4 bottom-3 shadow-pop" onClick={toEnd}>
          <ArrowDown aria-hidden="true" />
          Follow output
        </Button>
      ) : null}
    </div>
  );
}

/** Whether the compiler's words are only an aside, and whether they are the reason that nothing ran. */
function compileState({ phase }: RunState): { folded: boolean; failed: boolean } {
  if (phase.name === "running") return { folded: phase.stage === "run", failed: false };
  if (phase.name !== "done") return { folded: false, failed: false };
  const failed = phase.result.compile !== null && phase.result.compile.exitCode !== 0;
  return { folded: !failed, failed };
}

interface PrintedProps {
  run: RunState;
  /** The compiler, if there is one, let it run. */
  ran: boolean;
  shown: Shown;
  onShown: (shown: Shown) => void;
  fontSize: number;
}

/** The program's own words. */
function Printed({ run, ran, shown, onShown, fontSize }: PrintedProps) {
  const { phase, transcript, stdout, stderr } = run;
  const nothing = phase.name === "done" && ran && stdout === "" && stderr === "";
  const both = stdout !== "" && stderr !== "";
  if (transcript.length === 0 && !nothing) return null;
  return (
    <section aria-label="Output" className="px-4 pt-3">
      <div className="mb-1.5 flex items-center justify-between gap-3">
        <h3 className="font-medium text-faint text-sm">
          {stderr !== "" && stdout === "" ? <span className="text-bad">Errors</span> : "Output"}
        </h3>
        {both ? <StreamFilter value={shown} onChange={onShown} /> : null}
      </div>
      <ProgramText
        parts={transcript}
        shown={both ? shown : "all"}
        version={`${run.revision}`}
        fontSize={fontSize}
        placeholder="The program printed nothing."
      />
    </section>
  );
}
