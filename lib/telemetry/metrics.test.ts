import assert from "node:assert/strict";
import { test } from "node:test";
import { Metrics, processMetrics } from "./metrics";

test("the metrics of a process are the same wherever they are asked for", () => {
  assert.equal(processMetrics(), processMetrics());
});

test("what is asked when they are read is as it is now, and left out while it cannot be told", async () => {
  const metrics = new Metrics();
  let waiting = 3;
  metrics.watch({
    version: "1.2.3",
    queue: async () => ({ running: 2, concurrency: 4, waiting, limit: 200 }),
    sandboxes: async () => ({ warm: 5, running: 2 }),
    parts: async () => ({ docker: true, store: false }),
  });
  assert.match(await metrics.text(), /^quicksand_queue_jobs_waiting 3$/m);
  waiting = 0;
  const text = await metrics.text();
  for (const line of [
    'quicksand_info{version="1.2.3"} 1',
    "quicksand_queue_jobs_waiting 0",
    "quicksand_queue_jobs_limit 200",
    "quicksand_queue_turns_held 2",
    "quicksand_queue_turns 4",
    'quicksand_sandboxes{state="warm"} 5',
    'quicksand_sandboxes{state="running"} 2',
    'quicksand_up{part="docker"} 1',
    'quicksand_up{part="store"} 0',
  ])
    assert.ok(text.split("\n").includes(line), line);
  metrics.watch({
    queue: () => Promise.reject(new Error("Redis is away")),
    sandboxes: () => new Promise(() => {}),
  });
  const without = await metrics.text();
  assert.doesNotMatch(without, /^quicksand_(queue_jobs|queue_turns|sandboxes|up)\S* \d/m);
  assert.match(without, /^quicksand_runs_in_progress 0$/m);
});

test("what workers say is read with the rest, under the label that names them", async () => {
  const [web, worker] = [new Metrics(), new Metrics()];
  worker.watch({ sandboxes: async () => ({ warm: 2, running: 1 }) });
  worker.began();
  const metrics = JSON.parse(JSON.stringify(await worker.json())) as unknown[];
  web.watch({ workers: async () => [{ worker: "w1", metrics }] });
  const text = await web.text();
  for (const line of [
    "quicksand_runs_in_progress 0",
    'quicksand_runs_in_progress{worker="w1"} 1',
    'quicksand_sandboxes{state="warm",worker="w1"} 2',
  ])
    assert.ok(text.split("\n").includes(line), line);
  assert.equal(text.match(/^# TYPE quicksand_runs_in_progress /gm)?.length, 1);
  web.watch({ workers: () => Promise.reject(new Error("Redis is away")) });
  assert.match(await web.text(), /^quicksand_runs_in_progress 0$/m);
});

test("runs, stages, requests and calls are counted under their labels, in seconds", async () => {
  const metrics = new Metrics();
  metrics.began();
  metrics.began();
  metrics.stage("wait", 30);
  metrics.ended("python", { status: "success", isolation: "cell" });
  metrics.ended("c", { status: "system_error", isolation: null });
  metrics.refused("queue_full");
  metrics.storeCalled("acceptRun", 2, false);
  metrics.storeCalled("acceptRun", 2, true);
  metrics.acquired("container", true);
  metrics.engineAnswered("create", 200);
  metrics.engineFailed("start");
  metrics.answered("/api/runs/{id}", "GET", 200, 4);
  metrics.answered("none", "PROPFIND", 405, 1);
  metrics.rateRefused("runs");
  const text = await metrics.text();
  for (const line of [
    "quicksand_runs_in_progress 0",
    'quicksand_runs_total{language="python",status="success",isolation="cell"} 1',
    'quicksand_runs_total{language="c",status="system_error",isolation="none"} 1',
    'quicksand_runs_refused_total{code="queue_full"} 1',
    'quicksand_run_stage_seconds_sum{stage="wait"} 0.03',
    'quicksand_store_call_seconds_count{operation="acceptRun"} 2',
    'quicksand_store_failures_total{operation="acceptRun"} 1',
    'quicksand_pool_acquisitions_total{isolation="container",result="hit"} 1',
    'quicksand_engine_call_seconds_sum{call="create"} 0.2',
    'quicksand_engine_failures_total{call="start"} 1',
    'quicksand_http_requests_total{route="/api/runs/{id}",method="GET",status="200"} 1',
    'quicksand_http_requests_total{route="none",method="other",status="405"} 1',
    'quicksand_rate_limit_refusals_total{limit="runs"} 1',
  ])
    assert.ok(text.split("\n").includes(line), `${line}\n${text}`);
  for (const name of [
    "nodejs_eventloop_lag_seconds",
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
  ])
    assert.match(text, new RegExp(`^${name} `, "m"));
});
