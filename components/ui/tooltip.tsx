"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

/** One provider for all that stands together, so that moving between controls shows the next tooltip without delay. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Primitive.Provider>
  );
}

interface TooltipProps {
  label: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactNode;
}

/** A label for a control that shows only an icon. The control still needs an accessible name of its own. */
export function Tooltip({ label, side = "bottom", children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="fade-in-0 zoom-in-95 z-50 flex animate-in items-center gap-2 rounded-md border border-line-strong bg-raised px-2 py-1 text-ink text-sm shadow-pop duration-100"
        >
          {label}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
