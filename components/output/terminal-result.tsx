import type { RunState } from "@/lib/client/run-state";
import type { Terminal } from "@/lib/client/terminal";
import type { TerminalSize } from "@/lib/schemas/run";
import { TerminalView } from "../terminal/terminal-view";
import { Artifacts } from "./artifacts";
import { Preparing } from "./notices";

interface TerminalResultProps {
  run: RunState;
  /** `null` until it has begun. */
  terminal: Terminal | null;
  onResize: (size: TerminalSize) => void;
}

/** What a run in a terminal shows and, after its end, the files that it left. */
export function TerminalResult({ run: { phase }, terminal, onResize }: TerminalResultProps) {
  return (
    <>
      {phase.name === "preparing" ? <Preparing message={phase.message} percent={phase.percent} /> : null}
      <TerminalView terminal={terminal} onResize={onResize} />
      {phase.name === "done" && phase.result.artifacts.length > 0 ? (
        <div className="max-h-1/2 shrink-0 overflow-auto border-line border-t pb-3">
          <Artifacts artifacts={phase.result.artifacts} />
        </div>
      ) : null}
    </>
  );
}
