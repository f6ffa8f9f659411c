import { Registry } from "prom-client";
import type { ErrorCode } from "../errors";
import type { QueueState } from "../queue";
import type { WorkerMetrics } from "../queue/fleet";
import type { SandboxMeter } from "../sandbox/sandbox";
import type { Isolation } from "../schemas/run";
import { withTimeout } from "../system/with-timeout";
import type { RunEnd, RunMeter, RunStage } from ".";
import { createInstruments, type Instruments } from "./instruments";
import { mergedMetrics } from "./merged-metrics";

/** A part that hangs must not keep the others from being read. */
const SOURCE_PATIENCE_MS = 1_000;
/** They themselves leave out a worker that is silent for a second or two. */
const WORKERS_PATIENCE_MS = 5_000;

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What is asked when the metrics are read, rather than told. */
export interface MetricSources {
  version?: string;
  queue?: () => Promise<QueueState>;
  sandboxes?: () => Promise<{ warm: number; running: number }>;
  /** Whether each part works, by name. */
  parts?: () => Promise<Readonly<Record<string, boolean>>>;
  /** Processes without an address of their own; their metrics are read with ours. */
  workers?: () => Promise<readonly WorkerMetrics[]>;
}

/** What the decorators of ports tell. Durations in milliseconds. */
export interface PortMeter {
  storeCalled(operation: string, ms: number, failed: boolean): void;
  jobAdded(ms: number): void;
  jobRefused(): void;
  turnEnded(ms: number): void;
  rateRefused(limit: string): void;
}

/**
 * The metrics of one process, of its own registry. Telling costs microseconds: a run's twenty or so come to less than 0.1 ms
 * (`bin/bench/metrics.ts`).
 */
export class Metrics implements RunMeter, PortMeter, SandboxMeter {
  readonly #registry = new Registry();
  readonly #instruments: Instruments = createInstruments(this.#registry);
  #sources: MetricSources = {};

  /** Replaces what is asked when they are read. */
  watch(sources: MetricSources): void {
    this.#sources = sources;
  }

  began(): void {
    this.#instruments.runsInProgress.inc();
  }

  stage(stage: RunStage, ms: number): void {
    this.#instruments.stage.observe({ stage }, ms / 1_000);
  }

  ended(language: string, { status, isolation }: RunEnd): void {
    this.#instruments.runsInProgress.dec();
    this.#instruments.runs.inc({ language, status, isolation: isolation ?? "none" });
  }

  left(): void {
    this.#instruments.runsInProgress.dec();
  }

  refused(code: ErrorCode): void {
    this.#instruments.runsRefused.inc({ code });
  }

  storeCalled(operation: string, ms: number, failed: boolean): void {
    this.#instruments.storeCall.observe({ operation }, ms / 1_000);
    if (failed) this.#instruments.storeFailures.inc({ operation });
  }

  jobAdded(ms: number): void {
    this.#instruments.queueAdd.observe(ms / 1_000);
  }

  jobRefused(): void {
    this.#instruments.queueRefusals.inc();
  }

  turnEnded(ms: number): void {
    this.#instruments.turn.observe(ms / 1_000);
  }

  rateRefused(limit: string): void {
    this.#instruments.rateRefusals.inc({ limit });
  }

  acquired(isolation: Isolation, warm: boolean): void {
    this.#instruments.acquisitions.inc({ isolation, result: warm ? "hit" : "miss" });
  }

  engineAnswered(call: string, ms: number): void {
    this.#instruments.engineCall.observe({ call }, ms / 1_000);
  }

  engineFailed(call: string): void {
    this.#instruments.engineFailures.inc({ call });
  }

  /** A request's answer has ended. `route` is the address's template, `status` 499 where the client left before. */
  answered(route: string, method: string, status: number, ms: number): void {
    const labels = { route, method: METHODS.has(method) ? method : "other" };
    this.#instruments.requests.inc({ ...labels, status });
    this.#instruments.request.observe(labels, ms / 1_000);
  }

  /** In Prometheus' text format, with those of workers under the label `worker`. */
  async text(): Promise<string> {
    const [own, workers] = await Promise.all([
      this.json(),
      answerOf(this.#sources.workers, WORKERS_PATIENCE_MS),
    ]);
    return mergedMetrics(own, workers ?? []);
  }

  /** As prom-client's `getMetricsAsJSON` gives them: what a worker answers to web processes. */
  async json(): Promise<readonly unknown[]> {
    await this.#ask();
    return this.#registry.getMetricsAsJSON();
  }

  /** Names of all metrics, without the suffixes that a histogram's samples have. */
  names(): string[] {
    return this.#registry.getMetricsAsArray().map(({ name }) => name);
  }

  /** The labels of a metric. */
  labelsOf(name: string): Set<string> {
    const metric = this.#registry.getSingleMetric(name) as { labelNames?: readonly string[] } | undefined;
    return new Set(metric?.labelNames);
  }

  async #ask(): Promise<void> {
    const { version, queue, sandboxes, parts } = this.#sources;
    const { info, up, jobsWaiting, jobsLimit, turns, turnsHeld, sandboxes: counts } = this.#instruments;
    const [state, count, works] = await Promise.all([answerOf(queue), answerOf(sandboxes), answerOf(parts)]);
    if (version !== undefined) info.set({ version }, 1);
    // What cannot be told is left out: an old figure would pass for a new one.
    for (const gauge of [jobsWaiting, jobsLimit, turns, turnsHeld, counts, up]) gauge.reset();
    for (const gauge of [jobsWaiting, jobsLimit, turns, turnsHeld]) if (!state) gauge.remove();
    if (state) {
      jobsWaiting.set(state.waiting);
      jobsLimit.set(state.limit);
      turns.set(state.concurrency);
      turnsHeld.set(state.running);
    }
    if (count) for (const name of ["warm", "running"] as const) counts.set({ state: name }, count[name]);
    for (const [part, ok] of Object.entries(works ?? {})) up.set({ part }, ok ? 1 : 0);
  }
}

async function answerOf<T>(
  ask: (() => Promise<T>) | undefined,
  patienceMs = SOURCE_PATIENCE_MS,
): Promise<T | null> {
  if (!ask) return null;
  const asked = ask().catch(() => null);
  return withTimeout(asked, patienceMs, () => null);
}

/** On globalThis: routes are bundled apart from the start of the server, and both tell the same metrics. */
const shared = globalThis as typeof globalThis & { quicksandMetrics?: Metrics };

/** The metrics of this process, made by the first call. */
export function processMetrics(): Metrics {
  shared.quicksandMetrics ??= new Metrics();
  return shared.quicksandMetrics;
}
