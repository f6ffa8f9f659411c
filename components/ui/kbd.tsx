import type { ReactNode } from "react";
import { cn } from "./cn";

/** A keyboard key, in the colour of the surrounding text. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-current/25 px-1 font-sans text-xs",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
