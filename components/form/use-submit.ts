"use client";

import { type FormEvent, useRef, useState } from "react";
import { ApiError, unreachable } from "@/lib/client/api";
import { type Retry, useRetry } from "../use-retry";

interface SubmitOptions<Values> {
  /** The values to send; `null` when the form is not valid and already says so. */
  read: () => Values | null | Promise<Values | null>;
  send: (values: Values) => Promise<void>;
  /** Shows the server's errors at their fields; false when none belongs to a field of this form. */
  handleError?: (error: ApiError) => boolean;
  /** Success loads another page: stay busy until it is there, so that nothing can be sent in between. */
  leavesPage?: boolean;
}

export interface Submission {
  busy: boolean;
  /** The last failure, unless `handleError` has shown it. */
  problem: ApiError | null;
  /** Counts down while the server has asked to wait; nothing is sent until then. */
  retry: Retry;
  submit: (event: FormEvent) => void;
}

/** Submits a form once at a time. A second Enter or click while a request is under way is ignored. */
export function useSubmit<Values>({
  read,
  send,
  handleError,
  leavesPage = false,
}: SubmitOptions<Values>): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const retry = useRetry(problem);
  // State changes with the next render only; two events can come before that.
  const inFlight = useRef(false);

  async function attempt(): Promise<void> {
    inFlight.current = true;
    const values = await read();
    if (values === null) {
      inFlight.current = false;
      return;
    }
    setBusy(true);
    setProblem(null);
    let left = false;
    try {
      await send(values);
      left = leavesPage;
    } catch (error) {
      const failure = error instanceof ApiError ? error : unreachable(error);
      if (!handleError?.(failure)) setProblem(failure);
    } finally {
      if (!left) {
        inFlight.current = false;
        setBusy(false);
      }
    }
  }

  return {
    busy,
    problem,
    retry,
    submit(event) {
      event.preventDefault();
      if (inFlight.current || retry.leftS > 0) return;
      void attempt();
    },
  };
}
