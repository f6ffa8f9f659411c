import { cn } from "../ui/cn";

/** A language's file extension as its icon. */
export function LanguageTile({ extension, className }: { extension: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "flex h-5.5 w-8 shrink-0 items-center justify-center rounded-sm bg-accent-wash font-medium font-mono text-accent-ink text-xs",
        className,
      )}
    >
      {extension}
    </span>
  );
}
