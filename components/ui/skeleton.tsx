import type { ReactNode } from "react";
import { cn } from "./cn";

/** A content that holds its place, unseen, while it loads: what comes then has the same height. */
export function Loading({ loading, children }: { loading: boolean; children: ReactNode }) {
  return (
    <div className={cn(loading && "animate-pulse rounded-md bg-hover [&>*]:invisible")} aria-busy={loading}>
      {children}
    </div>
  );
}

/** Placeholder while something loads. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-md bg-hover", className)} />;
}
