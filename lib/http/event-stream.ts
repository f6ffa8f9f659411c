import type { AppError } from "../errors";
import type { LoggedEvent } from "../runs";
import type { RunEvent } from "../schemas/run";
import { withTimeout } from "../system/with-timeout";
import { errorBody } from "./error-response";

/** Below the idle time-outs of common proxies. */
const HEARTBEAT_MS = 15_000;

export interface EventStreamOptions {
  /** Aborts when the client leaves; reading then ends. */
  signal: AbortSignal;
  /** The error the client is told when `events` throws. */
  onError: (error: unknown) => AppError;
  heartbeatMs?: number;
}

/** A run's events as server-sent events, read only as fast as the client takes them, with a comment as a heartbeat while there are none. */
export function eventStream(
  events: AsyncIterableIterator<LoggedEvent>,
  { signal, onError, heartbeatMs = HEARTBEAT_MS }: EventStreamOptions,
): Response {
  const encoder = new TextEncoder();
  const stop = () => {
    void events.return?.();
  };
  let reading: Promise<IteratorResult<LoggedEvent>> | undefined;

  const stream = new ReadableStream<Uint8Array>(
    {
      start() {
        if (signal.aborted) stop();
        signal.addEventListener("abort", stop, { once: true });
      },
      async pull(controller) {
        reading ??= events.next();
        try {
          const step = await withTimeout(reading, heartbeatMs, () => null);
          if (step === null) {
            controller.enqueue(encoder.encode(": still running\n\n"));
            return;
          }
          reading = undefined;
          if (!step.done) {
            controller.enqueue(encoder.encode(eventText(step.value)));
            return;
          }
        } catch (error) {
          const text = `event: error\ndata: ${JSON.stringify(errorBody(onError(error)))}\n\n`;
          controller.enqueue(encoder.encode(text));
        }
        signal.removeEventListener("abort", stop);
        controller.close();
      },
      cancel() {
        signal.removeEventListener("abort", stop);
        stop();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

/** JSON contains no raw line breaks, so one `data:` line carries any event. */
function eventText({ seq, event }: LoggedEvent): string {
  return `id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify(payload(event))}\n\n`;
}

/** `done` carries the result itself, as the JSON answer does; other events carry themselves. */
function payload(event: RunEvent): unknown {
  return event.type === "done" ? event.run : event;
}
