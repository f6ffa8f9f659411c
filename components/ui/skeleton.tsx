import { cn } from "./cn";

/** Placeholder while something loads. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-md bg-hover", className)} />;
}
