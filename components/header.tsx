import { Play, Square } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "./account/account-menu";
import { Logo } from "./logo";
import { RunKeys } from "./run-keys";
import { ThemeToggle } from "./theme-toggle";
import { Button } from "./ui/button";
import { cn } from "./ui/cn";
import { Spinner } from "./ui/spinner";

/** The bar at the top of the window. */
export function Header({ children }: { children?: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface px-3 sm:gap-3">
      <div className="flex items-center gap-2 max-sm:sr-only">
        <Logo className="size-6" />
        <h1 className="font-semibold text-lg tracking-tight">Quicksand</h1>
      </div>
      {children}
      <AccountMenu />
    </header>
  );
}

const NAV_ITEMS = [
  { href: "/", name: "Editor" },
  { href: "/programs", name: "Programs" },
  { href: "/history", name: "History" },
  { href: "/settings", name: "Settings" },
] as const;

interface SiteHeaderProps {
  /** The navigation entry to mark as current. */
  current?: (typeof NAV_ITEMS)[number]["name"];
}

/** The header of all pages but the editor, with the navigation. Same height as the editor's. */
export function SiteHeader({ current }: SiteHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-line border-b bg-surface px-3">
      <Link href="/" className="flex items-center gap-2 rounded-md">
        <Logo className="size-6" />
        <span className="font-semibold text-lg tracking-tight max-sm:sr-only">Quicksand</span>
      </Link>
      <nav aria-label="Pages" className="flex items-center gap-0.5">
        {NAV_ITEMS.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={name === current ? "page" : undefined}
            className={cn(
              "flex h-8 items-center rounded-md px-2.5 max-sm:px-1.5 font-medium text-base text-muted transition-colors duration-100 hover:bg-hover hover:text-ink",
              "aria-[current=page]:bg-hover aria-[current=page]:text-ink",
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-2 sm:gap-3">
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

/** Run keeps its place while a run is active, so that a double click cannot press Stop. */
export function RunControls({ active, stopping, ready, onRun, onStop }: RunControlsProps) {
  const blocked = active || !ready;
  return (
    <div className="ml-auto flex items-center gap-2">
      {active ? (
        <Button onClick={onStop} disabled={stopping}>
          <Square aria-hidden="true" className="fill-current" />
          <span className="max-sm:sr-only">Stop</span>
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
