import assert from "node:assert/strict";
import { test } from "node:test";
import { Counter, Histogram, Registry } from "prom-client";
import { mergedMetrics } from "./merged-metrics";

async function metricsOf(runs: number): Promise<unknown[]> {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: "runs_total", help: "Runs.", labelNames: ["status"], registers }).inc(
    { status: "success" },
    runs,
  );
  const seconds = new Histogram({ name: "run_seconds", help: "Time.", buckets: [0.1, 1], registers });
  for (let run = 0; run < runs; run++) seconds.observe(0.5);
  return registry.getMetricsAsJSON();
}

test("what one process has is what prom-client itself writes", async () => {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: "runs_total", help: "Runs \\ of\nus.", labelNames: ["status"], registers }).inc({
    status: 'a "b" \\ \n c',
  });
  new Histogram({ name: "run_seconds", help: "Time.", buckets: [0.1, 1], registers }).observe(0.5);
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  assert.deepEqual(
    lines(mergedMetrics(await registry.getMetricsAsJSON(), [])),
    lines(await registry.metrics()),
  );
});

test("each metric is announced once, and a worker's samples have its label, after a journey as JSON too", async () => {
  const sent = JSON.parse(JSON.stringify(await metricsOf(3))) as unknown[];
  const text = mergedMetrics(await metricsOf(1), [
    { worker: "one", metrics: sent },
    { worker: "two", metrics: await metricsOf(2) },
  ]);
  assert.equal(text.match(/^# TYPE runs_total counter$/gm)?.length, 1);
  assert.equal(text.match(/^# HELP run_seconds Time\.$/gm)?.length, 1);
  assert.match(text, /^runs_total\{status="success"\} 1$/m);
  assert.match(text, /^runs_total\{status="success",worker="one"\} 3$/m);
  assert.match(text, /^runs_total\{status="success",worker="two"\} 2$/m);
  assert.match(text, /^run_seconds_bucket\{le="\+Inf",worker="one"\} 3$/m);
  assert.match(text, /^run_seconds_count\{worker="two"\} 2$/m);
});

test("samples of a metric stand together, though only a worker has some", async () => {
  const only = [{ name: "b_total", help: "B.", type: "counter", values: [{ value: 1, labels: {} }] }];
  const text = mergedMetrics(await metricsOf(1), [
    { worker: "one", metrics: only },
    { worker: "two", metrics: [...only, ...(await metricsOf(1))] },
  ]);
  const samples = text.split("\n").filter((line) => /^\w/.test(line));
  const families = samples.map((line) => line.replace(/_bucket|_sum|_count/, "").replace(/[{ ].*/, ""));
  assert.deepEqual(
    families.filter((family, index) => family !== families[index - 1]),
    ["runs_total", "run_seconds", "b_total"],
  );
});

test("what is no metric, or one of another type than ours, is left out; the rest is there", async () => {
  const strange = [
    ...[null, 7, "runs_total 1", {}],
    { name: "bad name", help: "", type: "gauge", values: [] },
    { name: "runs_total", help: "Now a gauge.", type: "gauge", values: [{ value: 9, labels: {} }] },
    { name: "lag", help: "Lag.", type: "gauge", values: [{ value: null, labels: {} }] },
  ];
  const text = mergedMetrics(await metricsOf(1), [{ worker: 'w"\n}', metrics: strange }]);
  assert.doesNotMatch(text, /bad name| 9$/m);
  assert.match(text, /^lag\{worker="w\\"\\n\}"\} NaN$/m);
  assert.match(text, /^runs_total\{status="success"\} 1$/m);
});

test("without metrics there is no text", () => {
  assert.equal(mergedMetrics([], [{ worker: "one", metrics: [] }]), "");
});
