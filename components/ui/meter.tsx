import { cn } from "./cn";

interface MeterProps {
  label: string;
  value: number;
  max: number;
  /** The value in words, for screen readers. */
  text: string;
}

/** A bar for how much of a limit is used. Turns red when all of it is. */
export function Meter({ label, value, max, text }: MeterProps) {
  const share = max === 0 ? 1 : Math.min(1, value / max);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw `<meter>` each in their own way, whatever the styles say
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={text}
      className="h-2 overflow-hidden rounded-full bg-hover"
    >
      <div
        className={cn(
          "h-full rounded-full transition-[width] duration-300",
          share >= 1 ? "bg-bad" : "bg-accent",
        )}
        // Any usage above zero is visible.
        style={{ width: value === 0 && max > 0 ? 0 : `max(${share * 100}%, 0.5rem)` }}
      />
    </div>
  );
}
