import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./ui/button";
import { Skeleton } from "./ui/skeleton";

interface SectionProps {
  /** The URL fragment, which other pages and error messages link to. */
  id: string;
  title: string;
  description: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ id, title, description, action, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-5 space-y-3">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="max-w-xl">
          <h2 id={`${id}-title`} className="font-semibold text-lg">
            {title}
          </h2>
          <p className="mt-0.5 text-base text-muted">{description}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

const WIDTHS = ["w-44", "w-28", "w-36", "w-24", "w-40"];

/** Placeholder rows while a card loads. */
export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-busy="true" className="rounded-lg border border-line bg-surface">
      <p className="sr-only">Loading.</p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
        <div key={row} className="flex h-12 items-center gap-6 border-line border-b px-4 last:border-b-0">
          <Skeleton className="h-3 w-28" />
          <Skeleton className={`ml-auto h-3 max-w-1/2 ${WIDTHS[row % WIDTHS.length]}`} />
        </div>
      ))}
    </div>
  );
}

/** A failed request with a retry button. */
export function LoadFailure({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3.5"
    >
      <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-bad" />
      <p className="min-w-40 flex-1 text-base">{text}</p>
      <Button size="sm" onClick={onRetry}>
        <RotateCw aria-hidden="true" />
        Try again
      </Button>
    </div>
  );
}
