import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from "prom-client";

/** What a run's stages take, and the store: from a fraction of a millisecond to a minute. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Fewer, where there are many series. */
const FEW_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.25, 1, 5, 30];

/**
 * Every metric of ours. Labels have few values, all of them ours and none a viewer's: ids of languages, words of closed lists, methods of
 * ports, templates of addresses.
 */
export function createInstruments(registry: Registry) {
  const registers = [registry];

  function counter<L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> {
    return new Counter({ name: `quicksand_${name}`, help, labelNames, registers });
  }

  function gauge<L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> {
    return new Gauge({ name: `quicksand_${name}`, help, labelNames, registers });
  }

  function seconds<L extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: L[]
  ): Histogram<L> {
    return new Histogram({ name: `quicksand_${name}`, help, labelNames, buckets, registers });
  }

  // Event-loop lag, memory, processor time, garbage collection, under the names that dashboards for Node know.
  collectDefaultMetrics({ register: registry });
  return {
    info: gauge("info", "1, with Quicksand's version.", "version"),
    up: gauge("up", "Whether a part works: 1 or 0.", "part"),
    runs: counter("runs_total", "Runs that have ended.", "language", "status", "isolation"),
    runsInProgress: gauge("runs_in_progress", "Runs from their turn to their recorded end."),
    runsRefused: counter("runs_refused_total", "Runs that were not accepted, by the error's code.", "code"),
    stage: seconds("run_stage_seconds", "How long the stages of a run take.", SECONDS, "stage"),
    jobsWaiting: gauge("queue_jobs_waiting", "Jobs that wait for a turn."),
    jobsLimit: gauge("queue_jobs_limit", "Jobs that may wait."),
    turnsHeld: gauge("queue_turns_held", "Turns that are held."),
    turns: gauge("queue_turns", "Turns that there are."),
    queueAdd: seconds("queue_add_seconds", "How long a job takes to get a place or a turn.", FEW_SECONDS),
    queueRefusals: counter("queue_refusals_total", "Jobs for which there was no place."),
    turn: seconds("queue_turn_seconds", "How long a job holds its turn.", SECONDS),
    sandboxes: gauge(
      "sandboxes",
      "Sandboxes that wait for a run (warm), and that have one (running).",
      "state",
    ),
    acquisitions: counter(
      "pool_acquisitions_total",
      "Sandboxes handed out: a warm one at once (hit), or one that had to be made or waited for (miss).",
      "isolation",
      "result",
    ),
    engineCall: seconds(
      "engine_call_seconds",
      "How long the Docker engine takes to answer.",
      SECONDS,
      "call",
    ),
    engineFailures: counter("engine_failures_total", "Calls that the engine did not answer.", "call"),
    storeCall: seconds("store_call_seconds", "How long the database takes.", FEW_SECONDS, "operation"),
    storeFailures: counter("store_failures_total", "Calls that the database did not serve.", "operation"),
    requests: counter("http_requests_total", "Requests that were answered.", "route", "method", "status"),
    request: seconds(
      "http_request_seconds",
      "From a request to the end of its answer; of a stream, to its last event.",
      FEW_SECONDS,
      "route",
      "method",
    ),
    rateRefusals: counter(
      "rate_limit_refusals_total",
      "What was refused for its rate, by the limit.",
      "limit",
    ),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;
