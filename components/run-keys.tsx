"use client";

import { cn } from "./ui/cn";
import { Kbd } from "./ui/kbd";

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys that run the program, as they are named on this person's keyboard. */
export function RunKeys({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-0.5 align-middle", className)}>
      <Kbd>{isMac ? "⌘" : "Ctrl"}</Kbd>
      <Kbd>
        <span aria-hidden="true">↵</span>
        <span className="sr-only">Enter</span>
      </Kbd>
    </span>
  );
}
