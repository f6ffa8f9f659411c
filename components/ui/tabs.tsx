"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Tabs = Primitive.Root;

export function TabList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("flex gap-1", className)} {...props} />;
}

export function Tab({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "flex h-9 flex-1 items-center justify-center gap-2 rounded-md font-medium text-base text-muted transition-colors duration-100 hover:text-ink data-[state=active]:bg-hover data-[state=active]:text-ink",
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
      className={cn("min-h-0 data-[state=inactive]:hidden", className)}
      {...props}
    />
  );
}
