import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { formatCountdown, formatUpcoming } from "@/lib/client/time-text";
import type { Retry } from "../use-retry";

interface FormProblemProps {
  children: ReactNode;
  /** When it makes sense to try again, where the server has said so. */
  retry?: Retry;
}

/** Why a form was not accepted, where that is not about one field. */
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
        {/* Apart from the alert: nobody wants to be told each second. It keeps its line when it is over. */}
        {at ? (
          <p role="timer" className="mt-0.5 min-h-4 text-sm tabular-nums">
            {waiting ? `${formatCountdown(retry.leftS)} to go` : ""}
          </p>
        ) : null}
      </div>
    </div>
  );
}
