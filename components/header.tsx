import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "./account/account-menu";
import { Logo } from "./logo";
import { Navigation, type PageName } from "./navigation";
import { ThemeToggle } from "./theme-toggle";

interface HeaderProps {
  /** Further entries of the menu of pages, where there is no room for them in the bar. */
  more?: ReactNode;
  children?: ReactNode;
}

/** The editor's bar at the top of the window. Nothing in it may come, go or change its size while a program runs. */
export function Header({ more, children }: HeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-1.5 border-line border-b bg-surface px-2 sm:gap-2 sm:px-3">
      <Link href="/" aria-label="Quicksand" className="rounded-md max-sm:hidden">
        <Logo className="size-6" />
      </Link>
      <h1 className="sr-only">Quicksand</h1>
      <Navigation current="Editor" from="xl" more={more} />
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
