import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  /** Validation error. Replaces the hint, so that nothing moves. */
  error: string | null;
  /** Help text. Its line is reserved even without one. */
  hint?: ReactNode;
  /** Rendered inside the field, at its end. */
  end?: ReactNode;
}

/** A labelled input with a line for a hint or an error. */
export function TextField({ label, error, hint, end, className, ...props }: TextFieldProps) {
  const id = useId();
  const note = `${id}-note`;
  const wrong = error !== null;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-base">
        {label}
      </label>
      <div
        className={cn(
          "flex h-9 items-center rounded-md border bg-raised focus-within:border-focus focus-within:ring-1 focus-within:ring-focus",
          wrong ? "border-bad" : "border-line-strong",
        )}
      >
        <input
          id={id}
          aria-invalid={wrong}
          aria-describedby={note}
          className="h-full min-w-0 flex-1 rounded-md bg-transparent px-2.5 text-lg outline-none placeholder:text-faint"
          {...props}
        />
        {end}
      </div>
      <p
        id={note}
        aria-live="polite"
        className={cn("mt-1 min-h-4 text-sm", wrong ? "text-bad" : "text-muted")}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
