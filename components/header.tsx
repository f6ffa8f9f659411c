import { Play, Square } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { AccountMenu } from "./account/account-menu";
import { Logo } from "./logo";
import { Navigation, type PageName } from "./navigation";
import { RunKeys } from "./run-keys";
import { ThemeToggle } from "./theme-toggle";
import { Button } from "./ui/button";
import { Spinner } from "./ui/spinner";
import { ProgramTitle } from "./workbench/program-title";

interface HeaderProps {
  /** The title of the program that is open, where programs have one. */
  program?: ComponentProps<typeof ProgramTitle>;
  /** Further entries of the menu of pages, where there is no room for them in the bar. */
  more?: ReactNode;
  children?: ReactNode;
}

/** The editor's bar at the top of the window. Nothing in it may come, go or change its size while a program runs. */
export function Header({ program, more, children }: HeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-1.5 border-line border-b bg-surface px-2 sm:gap-2 sm:px-3">
      <Link href="/" aria-label="Quicksand" className="rounded-md max-sm:hidden">
        <Logo className="size-6" />
      </Link>
      <h1 className="sr-only">Quicksand</h1>
      <Navigation current="Editor" from="xl" more={more} />
      {program ? <ProgramTitle {...program} /> : null}
      {children}
      <AccountMenu />
    </header>
  );
}

interface SiteHeaderProps {
  /** The navigation entry to mark as current. */
  current?: PageName;
}

/** The header of all pages but the editor. Same height as the editor's. */
export function SiteHeader({ current }: SiteHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-line border-b bg-surface px-2 sm:px-3">
      <Link href="/" aria-label="Quicksand" className="touch-target flex items-center gap-2 rounded-md">
        <Logo className="size-6" />
        <span className="font-semibold text-lg tracking-tight">Quicksand</span>
      </Link>
      <Navigation current={current} from="md" />
      <div className="ml-auto flex items-center gap-1.5 sm:gap-2">
        <ThemeToggle />
        <AccountMenu />
      </div>
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

/**
 * Run and Stop, each in a place of its own: a double click on Run cannot press Stop, and nothing beside them moves. Neither is ever
 * `disabled`: the one that has the focus would lose it.
 */
export function RunControls({ active, stopping, ready, onRun, onStop }: RunControlsProps) {
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
      <Button
        variant="primary"
        aria-disabled={blocked}
        aria-label="Run"
        onClick={onRun}
        className="aria-disabled:opacity-70"
      >
        {active ? <Spinner /> : <Play aria-hidden="true" className="fill-current" />}
        Run
        <RunKeys className="ml-1 max-md:hidden touch:hidden" />
      </Button>
    </div>
  );
}
