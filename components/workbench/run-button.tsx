import { ChevronDown, FlaskConical, Play, Square, SquareTerminal, Terminal } from "lucide-react";
import { RunKeys } from "../run-keys";
import { ActionItem, ActionMenu } from "../ui/action-menu";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";

interface RunButtonProps {
  active: boolean;
  stopping: boolean;
  ready: boolean;
  /** Whether the language has a prompt of its own. */
  hasRepl: boolean;
  onRun: () => void;
  onRunInTerminal: () => void;
  onRepl: () => void;
  onStop: () => void;
  /** Left out where there are no tests to run. */
  onRunTests?: (() => void) | undefined;
}

/**
 * Run with its other ways in a menu, and Stop, each in a place of its own: a double click on Run cannot press Stop, and nothing beside
 * them moves. None is ever `disabled`: the one that has the focus would lose it.
 */
export function RunButton(props: RunButtonProps) {
  const { active, stopping, ready, hasRepl, onRun, onRunInTerminal, onRepl, onStop, onRunTests } = props;
  const blocked = active || !ready;
  const idle = !active || stopping;
  return (
    <div className="ml-auto flex shrink-0 items-center gap-1.5">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Stop"
        title="Stop"
        aria-disabled={idle}
        onClick={idle ? undefined : onStop}
        className="text-bad hover:text-bad aria-disabled:bg-transparent aria-disabled:text-faint aria-disabled:opacity-50"
      >
        <Square aria-hidden="true" className="fill-current" />
      </Button>
      <div className="flex items-center">
        <Button
          variant="primary"
          aria-disabled={blocked}
          aria-label="Run"
          onClick={onRun}
          className="touch:h-11 rounded-r-none aria-disabled:opacity-70"
        >
          {active ? <Spinner /> : <Play aria-hidden="true" className="fill-current" />}
          Run
          <RunKeys className="ml-1 max-md:hidden touch:hidden" />
        </Button>
        <ActionMenu
          label="Ways to run"
          trigger={
            <Button
              variant="primary"
              size="icon"
              aria-label="More ways to run"
              aria-disabled={blocked}
              className="w-7 touch:w-11 rounded-l-none border-on-accent/25 border-l aria-disabled:opacity-70"
            >
              <ChevronDown aria-hidden="true" />
            </Button>
          }
        >
          <ActionItem onSelect={onRun}>
            <Play aria-hidden="true" /> Run
            <RunKeys className="ml-auto pl-4 text-faint" />
          </ActionItem>
          <ActionItem onSelect={onRunInTerminal}>
            <SquareTerminal aria-hidden="true" /> Run in terminal
          </ActionItem>
          {onRunTests ? (
            <ActionItem onSelect={onRunTests}>
              <FlaskConical aria-hidden="true" /> Run tests
            </ActionItem>
          ) : null}
          {hasRepl ? (
            <ActionItem onSelect={onRepl}>
              <Terminal aria-hidden="true" /> REPL
            </ActionItem>
          ) : null}
        </ActionMenu>
      </div>
    </div>
  );
}
