import type { ReactNode } from "react";
import { cn } from "./cn";

/** A framed surface without padding. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("rounded-lg border border-line bg-surface", className)}>{children}</div>;
}

interface CardRowProps {
  label: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}

/** A row of a card: label, hint, and a value or control (below the label on narrow windows). */
export function CardRow({ label, hint, children }: CardRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b px-4 py-3 last:border-b-0">
      <div className="min-w-40 max-w-md flex-1">
        <div className="font-medium text-base">{label}</div>
        {hint ? <div className="mt-0.5 text-muted text-sm">{hint}</div> : null}
      </div>
      <div className="min-w-0 text-base">{children}</div>
    </div>
  );
}
