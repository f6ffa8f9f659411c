import { Play, Square } from "lucide-react";
import type { ReactNode } from "react";
import { Logo } from "./logo";
import { RunKeys } from "./run-keys";
import { Button } from "./ui/button";
import { Spinner } from "./ui/spinner";

/** The bar at the top of the window. */
export function Header({ children }: { children?: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface px-3 sm:gap-3">
      <div className="flex items-center gap-2">
        <Logo className="size-6" />
        <h1 className="font-semibold text-lg tracking-tight max-sm:sr-only">Quicksand</h1>
      </div>
      {children}
    </header>
  );
}

interface RunControlsProps {
  active: boolean;
  stopping: boolean;
  ready: boolean;
  onRun: () => void;
  onStop: () => void;
}

/** Run stays in its place while a run goes on: a double click must not press Stop. */
export function RunControls({ active, stopping, ready, onRun, onStop }: RunControlsProps) {
  const blocked = active || !ready;
  return (
    <div className="ml-auto flex items-center gap-2">
      {active ? (
        <Button onClick={onStop} disabled={stopping}>
          <Square aria-hidden="true" className="fill-current" />
          Stop
        </Button>
      ) : null}
      <Button
        variant="primary"
        aria-disabled={blocked}
        aria-label="Run"
        onClick={onRun}
        className="aria-disabled:opacity-70"
      >
        {active ? <Spinner /> : <Play aria-hidden="true" className="fill-current" />}
        Run
        <RunKeys className="ml-1 max-md:hidden" />
      </Button>
    </div>
  );
}
