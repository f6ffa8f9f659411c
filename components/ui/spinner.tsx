import { cn } from "./cn";

/** Activity indicator. Decorative: say in text what is going on. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cn("size-4 animate-spin", className)}>
      <circle cx="8" cy="8" r="6" fill="none" strokeWidth="2" className="stroke-current opacity-25" />
      <path
        d="M14 8a6 6 0 0 0-6-6"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="stroke-current"
      />
    </svg>
  );
}
