"use client";

import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { RunEvent, RunRequestInput } from "../schemas/run";
import { ApiError, unreachable } from "./api";
import { IDLE, isActive, type RunState, reduceRun } from "./run-state";
import { streamGuestRun } from "./run-stream";

/** Events are batched, as in the editor's run store. */
const BATCH_MS = 16;

interface GuestRun {
  run: RunState;
  /** Stopped by hand: the run ended with its stream, and nobody is left to tell how. */
  stopped: boolean;
  start: (request: RunRequestInput) => void;
  stop: () => void;
}

/** A run in somebody else's page: a guest's, and gone with the page. */
export function useGuestRun(): GuestRun {
  const [run, dispatch] = useReducer(reduceRun, IDLE);
  const [stopped, setStopped] = useState(false);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const start = useCallback((request: RunRequestInput) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setStopped(false);
    const { language } = request;
    dispatch({
      type: "start",
      program: language,
      language,
      interactive: false,
      terminal: false,
      stdin: request.stdin ?? "",
      givenLines: 0,
    });
    void follow(request, own.signal);

    async function follow(request: RunRequestInput, signal: AbortSignal): Promise<void> {
      let events: RunEvent[] = [];
      const deliver = () => {
        if (!signal.aborted && events.length > 0) dispatch({ type: "events", events });
        events = [];
      };
      const timer = setInterval(deliver, BATCH_MS);
      try {
        for await (const event of streamGuestRun(request, { signal })) events.push(event);
        deliver();
      } catch (error) {
        deliver();
        const { code, message, retryAfterS } = error instanceof ApiError ? error : unreachable(error);
        if (!signal.aborted) dispatch({ type: "failed", failure: { code, message, retryAfterS } });
      } finally {
        clearInterval(timer);
      }
    }
  }, []);

  const stop = useCallback(() => {
    controller.current?.abort();
    setStopped(true);
  }, []);

  return { run, stopped: stopped && isActive(run), start, stop };
}
