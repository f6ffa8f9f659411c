import type { Fleet, WorkerMetrics } from "../queue/fleet";

/** Prometheus gives a scrape 10 s by default; a worker answers in some milliseconds. */
const ANSWER_MS = 2_000;

/**
 * What the workers' metrics are now. Asked for, and not said with the notices: they are 50 to 100 KB a worker, which every web process and every
 * other worker would get each second although Prometheus reads them four times a minute.
 */
export async function metricsOfWorkers(fleet: Pick<Fleet, "askEach">): Promise<readonly WorkerMetrics[]> {
  const answers = await fleet.askEach({ type: "metrics" }, { timeoutMs: ANSWER_MS });
  return [...answers].flatMap(([worker, answer]) =>
    answer.ok && answer.metrics ? [{ worker, metrics: answer.metrics }] : [],
  );
}
