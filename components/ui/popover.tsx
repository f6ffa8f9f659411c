"use client";

import { Popover as Primitive } from "radix-ui";
import type { ReactNode } from "react";

interface PopoverProps {
  trigger: ReactNode;
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** A small panel beside the button that opens it. */
export function Popover({ trigger, label, open, onOpenChange, children }: PopoverProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      {/* Without a portal it stays inside the button's landmark (an accessibility rule). */}
      <Primitive.Content
        aria-label={label}
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className="fade-in-0 zoom-in-95 z-40 w-[min(22rem,calc(100vw-1rem))] animate-in rounded-lg border border-line-strong bg-raised p-4 shadow-pop outline-none duration-100"
      >
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}
