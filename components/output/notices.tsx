import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { Tone } from "../run/status-words";
import { cn } from "../ui/cn";
import { MessageText } from "./message-text";

const WASHES: Readonly<Record<Tone, string>> = {
  neutral: "bg-hover text-muted",
  good: "bg-good-wash text-good",
  bad: "bg-bad-wash text-bad",
  warn: "bg-warn-wash text-warn",
};

/** A sentence about the result, coloured by its tone. */
export function Notice({ tone, text }: { tone: Tone; text: string }) {
  const Icon = tone === "bad" ? CircleAlert : tone === "warn" ? TriangleAlert : Info;
  return (
    <p className={cn("flex items-start gap-2 px-4 py-2 text-base", WASHES[tone])}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        <MessageText text={text} />
      </span>
    </p>
  );
}

/** Progress of pulling or building a language's image. */
export function Preparing({ message, percent }: { message: string; percent: number | null }) {
  return (
    <div className="space-y-2.5 px-4 py-4">
      <div className="flex items-baseline justify-between gap-4">
        <p className="min-w-0 truncate text-base">{message}</p>
        {percent === null ? null : (
          <span className="text-muted text-sm tabular-nums">{Math.round(percent)} %</span>
        )}
      </div>
      <div
        role="progressbar"
        aria-label="Preparing the language"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { "aria-valuenow": Math.round(percent) })}
        className="h-1 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={cn(
            "h-full rounded-full bg-accent transition-[width] duration-300",
            percent === null && "sweep w-1/4",
          )}
          style={percent === null ? {} : { width: `${percent}%` }}
        />
      </div>
      <p className="text-faint text-sm">This happens once; later runs start at once.</p>
    </div>
  );
}
