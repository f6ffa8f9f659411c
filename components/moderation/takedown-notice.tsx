import { ShieldX } from "lucide-react";
import { formatUtc } from "@/lib/client/time-text";
import type { Takedown } from "@/lib/schemas/moderation";
import { REASON_WORDS } from "./reason-words";

/** Tells a run's owner that it was taken down, and why. */
export function TakedownNotice({ takedown }: { takedown: Takedown }) {
  const { at, reason, note } = takedown;
  return (
    <section
      aria-labelledby="takedown"
      className="flex items-start gap-3 rounded-lg border border-line-strong bg-warn-wash px-4 py-3"
    >
      <ShieldX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 space-y-1 text-base">
        <h2 id="takedown" className="font-semibold">
          This run was taken down
        </h2>
        <p>
          {REASON_WORDS[reason]}, decided on <time dateTime={at}>{formatUtc(at)}</time>. Only you can see it
          now, and it cannot be shared. You can delete it; if you think this is wrong, ask whoever runs this
          Quicksand.
        </p>
        {note === "" ? null : (
          <blockquote className="whitespace-pre-wrap break-words border-line-strong border-l-2 pl-3 text-muted">
            {note}
          </blockquote>
        )}
      </div>
    </section>
  );
}
