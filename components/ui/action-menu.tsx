"use client";

import Link from "next/link";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface ActionMenuProps {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
}

/** A button that opens a menu of actions. */
export function ActionMenu({ trigger, label, children }: ActionMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      {/* Without a portal it stays inside the button's landmark (an accessibility rule). */}
      <Primitive.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        aria-label={label}
        // Keeps the focus in a field that the selected entry has opened.
        onCloseAutoFocus={(event) => {
          if (document.activeElement instanceof HTMLInputElement) event.preventDefault();
        }}
        className="fade-in-0 zoom-in-95 z-30 min-w-44 animate-in rounded-lg border border-line-strong bg-raised p-1 shadow-pop duration-100"
      >
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}

const ITEM =
  "flex h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 text-base text-ink outline-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-muted";

interface ActionItemProps {
  onSelect: () => void;
  danger?: boolean;
  /** The keys that do the same. */
  keys?: string;
  children: ReactNode;
}

export function ActionItem({ onSelect, danger = false, keys, children }: ActionItemProps) {
  return (
    <Primitive.Item onSelect={onSelect} className={cn(ITEM, danger && "text-bad [&_svg]:text-bad")}>
      {children}
      {keys === undefined ? null : (
        <span aria-hidden="true" className="ml-auto pl-6 text-faint text-xs">
          {keys}
        </span>
      )}
    </Primitive.Item>
  );
}

/** A menu entry that is a plain link; `download` does not leave the page. */
export function ActionLink({
  href,
  download = false,
  children,
}: {
  href: string;
  download?: boolean;
  children: ReactNode;
}) {
  return (
    <Primitive.Item asChild className={ITEM}>
      <a href={href} download={download}>
        {children}
      </a>
    </Primitive.Item>
  );
}

/** A menu entry for client-side navigation. */
export function ActionPage({
  href,
  current = false,
  children,
}: {
  href: string;
  /** It is the page that is shown. */
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <Primitive.Item asChild className={cn(ITEM, current && "font-medium")}>
      <Link href={href} prefetch={false} aria-current={current ? "page" : undefined}>
        {children}
      </Link>
    </Primitive.Item>
  );
}

export function ActionSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
