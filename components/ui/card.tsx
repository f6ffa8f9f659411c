import type { ReactNode } from "react";
import { cn } from "./cn";

/** A framed surface; what is in it brings its own space. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("rounded-lg border border-line bg-surface", className)}>{children}</div>;
}

interface CardRowProps {
  label: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}

/** One line of a card: what it is, what to know of it, and its value or control, which stands below on telephones. */
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
