"use client";

import { BookOpen, Code2, FolderClosed, History, Menu, Settings } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ActionMenu, ActionPage, ActionSeparator } from "./ui/action-menu";
import { Button } from "./ui/button";
import { cn } from "./ui/cn";

const PAGES = [
  { href: "/", name: "Editor", icon: Code2 },
  { href: "/programs", name: "Programs", icon: FolderClosed },
  { href: "/history", name: "History", icon: History },
  { href: "/docs", name: "Docs", icon: BookOpen },
  { href: "/settings", name: "Settings", icon: Settings },
] as const;

export type PageName = (typeof PAGES)[number]["name"];

interface NavigationProps {
  /** The entry to mark as current. */
  current?: PageName | undefined;
  /** The width from which there is room for it in one line; below, it is a menu. */
  from: "md" | "xl";
  /** Further entries of the menu: what narrow windows have no other place for. */
  more?: ReactNode;
}

const IN_LINE = { md: "max-md:hidden", xl: "max-xl:hidden" } as const;
const AS_MENU = { md: "md:hidden", xl: "xl:hidden" } as const;

/** The site's pages, the same everywhere. */
export function Navigation({ current, from, more }: NavigationProps) {
  return (
    <nav aria-label="Pages" className="flex shrink-0 items-center">
      <div className={cn("flex items-center gap-0.5", IN_LINE[from])}>
        {PAGES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={name === current ? "page" : undefined}
            className={cn(
              "touch-target flex h-8 items-center rounded-md px-2 font-medium text-base text-muted transition-colors duration-100 hover:bg-hover hover:text-ink",
              "aria-[current=page]:bg-hover aria-[current=page]:text-ink",
            )}
          >
            {name}
          </Link>
        ))}
      </div>
      <div className={AS_MENU[from]}>
        <ActionMenu
          label="Pages"
          trigger={
            <Button variant="ghost" size="icon" aria-label="Menu">
              <Menu aria-hidden="true" />
            </Button>
          }
        >
          {PAGES.map(({ href, name, icon: Icon }) => (
            <ActionPage key={href} href={href} current={name === current}>
              <Icon aria-hidden="true" />
              {name}
            </ActionPage>
          ))}
          {more ? (
            <>
              <ActionSeparator />
              {more}
            </>
          ) : null}
        </ActionMenu>
      </div>
    </nav>
  );
}
