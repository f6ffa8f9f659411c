"use client";

import { cn } from "./ui/cn";
import { Kbd } from "./ui/kbd";

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The keyboard shortcut of Run, as this platform names it. */
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
