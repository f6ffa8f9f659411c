import { AppError } from "../errors";
import type { RunJob } from "../queue";
import type { RunMeter, RunStage, RunTelemetry, RunWatch, Span, SpanAttributes, Tracing } from ".";
import { type WorkContext, workContext } from "./context";

export interface RunTelemetryOptions {
  meter: RunMeter;
  /** `null` where no traces are wanted; nothing is paid for them then. */
  tracing: Tracing | null;
}

/** Metrics and traces of runs from one source: each stage that is told is a sample of the one and a span of the other. */
export function createRunTelemetry({ meter, tracing }: RunTelemetryOptions): RunTelemetry {
  /** The spans of requests that have submitted a run; others have none. */
  const requests = new WeakMap<WorkContext, Span>();

  /** The span of the request that is served, begun when it was taken up; `null` where there is none that would have an end. */
  function requestSpan(traces: Tracing): Span | null {
    const context = workContext();
    const known = context && requests.get(context);
    if (known) return known;
    if (context?.request === undefined || !context.answered) return null;
    const { request, traceparent: parent, beganAtMs: atMs, answered } = context;
    const span = traces.begin("request", { parent, atMs, attributes: { "quicksand.request": request } });
    requests.set(context, span);
    void answered.then((status) =>
      span.end({ failed: status >= 500, attributes: { "http.response.status_code": status } }),
    );
    return span;
  }

  return {
    async accepting(work) {
      const since = performance.now();
      const request = tracing && requestSpan(tracing);
      const parent = request?.traceparent ?? workContext()?.traceparent;
      const span = tracing?.begin("accept", { parent });
      try {
        const accepted = await work((request ?? span)?.traceparent);
        meter.stage("accept", performance.now() - since);
        span?.end();
        return accepted;
      } catch (error) {
        const code = error instanceof AppError ? error.code : "internal";
        meter.refused(code);
        span?.end({ failed: code === "internal", attributes: { "quicksand.refusal": code } });
        throw error;
      }
    },

    executing: (job) => new JobWatch(job, meter, tracing),
  };
}

class JobWatch implements RunWatch {
  readonly #job: RunJob;
  readonly #meter: RunMeter;
  readonly #tracing: Tracing | null;
  #stage: RunStage = "wait";
  /** In milliseconds since the epoch, by a clock that never goes back. */
  #sinceMs: number;

  constructor(job: RunJob, meter: RunMeter, tracing: Tracing | null) {
    this.#job = job;
    this.#meter = meter;
    this.#tracing = tracing;
    this.#sinceMs = job.acceptedAtMs;
    meter.began();
  }

  stage(stage: RunStage): void {
    this.#endStage({}, false);
    this.#stage = stage;
  }

  end({ status, isolation }: Parameters<RunWatch["end"]>[0]): void {
    this.#endStage(
      { "quicksand.status": status, "quicksand.isolation": isolation ?? "none" },
      status === "system_error",
    );
    this.#meter.ended(this.#job.language, { status, isolation });
  }

  leave(): void {
    this.#endStage({}, true);
    this.#meter.left();
  }

  #endStage(more: SpanAttributes, failed: boolean): void {
    const now = performance.timeOrigin + performance.now();
    // A job may come from a machine whose clock is ahead.
    this.#meter.stage(this.#stage, Math.max(0, now - this.#sinceMs));
    this.#trace(now, more, failed);
    this.#sinceMs = now;
  }

  /** A job without a trace was accepted by a process that makes none; its stages alone would be a trace each. */
  #trace(now: number, more: SpanAttributes, failed: boolean): void {
    const { id, language, trace: parent } = this.#job;
    if (!this.#tracing || parent === undefined) return;
    const attributes = { "quicksand.run": id, "quicksand.language": language, ...more };
    const atMs = Math.min(this.#sinceMs, now);
    this.#tracing.begin(this.#stage, { parent, atMs, attributes }).end({ atMs: now, failed });
  }
}
