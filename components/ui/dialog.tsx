"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { useReturnFocus } from "./use-return-focus";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** For contents of several columns. */
  wide?: boolean;
  children: ReactNode;
}

// The theme's tokens have no black.
const SHADE = "fade-in-0 fixed inset-0 z-40 animate-in bg-[rgb(0_0_0/40%)] duration-100";

/** A modal dialog. */
export function Dialog({ open, onOpenChange, title, description, wide = false, children }: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={SHADE} />
        <Primitive.Content
          {...returnFocus}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={cn(
            "fade-in-0 zoom-in-95 -translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 animate-in rounded-lg border border-line-strong bg-raised p-5 shadow-pop outline-none duration-100",
            wide ? "w-[min(44rem,calc(100vw-2rem))]" : "w-[min(28rem,calc(100vw-2rem))]",
          )}
        >
          <Primitive.Title className="font-semibold text-xl">{title}</Primitive.Title>
          {description === undefined ? null : (
            <Primitive.Description className="mt-1.5 text-base text-muted">
              {description}
            </Primitive.Description>
          )}
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** A modal panel at the right edge, for windows too narrow for a docked one. */
export function Sheet({ open, onOpenChange, title, children }: Omit<DialogProps, "description" | "wide">) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={SHADE} />
        <Primitive.Content
          aria-describedby={undefined}
          className={cn(
            "slide-in-from-right fixed inset-y-0 right-0 z-50 flex w-[min(22rem,calc(100vw-2.5rem))] animate-in flex-col",
            "border-line-strong border-l bg-surface shadow-pop outline-none duration-150",
          )}
        >
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The close button of a panel or sheet. */
export function CloseButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="ghost" size="icon-sm" aria-label={label} onClick={onClick}>
      <X aria-hidden="true" />
    </Button>
  );
}
