"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Tabs = Primitive.Root;

export function TabList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("flex gap-1", className)} {...props} />;
}

/** A tab, as large as its words. What marks the chosen one is its user's: `tab-underline` or `tab-bar`. */
export function TabTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap font-medium text-base text-muted transition-colors duration-100 hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:text-ink",
        className,
      )}
      {...props}
    />
  );
}

/** Stays mounted while hidden, so that the editor keeps its state and a run goes on. */
export function TabPanel({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Content
      forceMount
      className={cn("min-h-0 focus-visible:outline-offset-[-2px] data-[state=inactive]:hidden", className)}
      {...props}
    />
  );
}
