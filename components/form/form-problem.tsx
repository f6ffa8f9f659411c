import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { formatCountdown, formatUpcoming } from "@/lib/client/time-text";
import type { Retry } from "../use-retry";

interface FormProblemProps {
  children: ReactNode;
  /** When the server said to retry. */
  retry?: Retry;
}

/** A form's error that does not belong to a single field. */
export function FormProblem({ children, retry }: FormProblemProps) {
  const at = retry?.at ?? null;
  const waiting = retry !== undefined && retry.leftS > 0;
  return (
    <div className="flex items-start gap-2 rounded-md bg-bad-wash px-3 py-2.5 text-bad text-base">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 break-words">
        <div role="alert">
          <p>{children}</p>
          {at ? (
            <p>
              {waiting ? `You can try again ${formatUpcoming(at, new Date())}.` : "You can try again now."}
            </p>
          ) : null}
        </div>
        {/* Outside the alert, so that screen readers do not announce every second. Keeps its line when it is over. */}
        {at ? (
          <p role="timer" className="mt-0.5 min-h-4 text-sm tabular-nums">
            {waiting ? `${formatCountdown(retry.leftS)} to go` : ""}
          </p>
        ) : null}
      </div>
    </div>
  );
}
