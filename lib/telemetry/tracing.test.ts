import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { createLog } from "../log";
import type { RunJob } from "../queue";
import type { RunMeter, RunTelemetry } from ".";
import { doneFor } from "./context";
import { createRunTelemetry } from "./runs";
import { attributesOf, openCollector, type ReceivedSpan } from "./testing/collector";
import { openTracing } from "./tracing";

const UNMETERED: RunMeter = { began() {}, stage() {}, ended() {}, left() {}, refused() {} };

function tracingTo(endpoint: string, lines: string[] = []) {
  const log = createLog("trace", { write: (line: string) => void lines.push(line) });
  return openTracing({ endpoint, headers: {}, serviceName: "quicksand", version: "0.0.0", log });
}

function jobOf(id: string, trace: string | undefined): RunJob {
  const acceptedAtMs = performance.timeOrigin + performance.now();
  const job = { id, language: "python", acceptedAtMs, ...(trace === undefined ? {} : { trace }) };
  // As it comes to another process.
  return JSON.parse(JSON.stringify(job)) as RunJob;
}

async function accepted(telemetry: RunTelemetry): Promise<string | undefined> {
  return telemetry.accepting(async (trace) => trace);
}

test("a run that is accepted by one process and executed by another is one trace", async () => {
  const collector = await openCollector();
  const [web, worker] = [tracingTo(collector.endpoint), tracingTo(collector.endpoint)];
  const inWeb = createRunTelemetry({ meter: UNMETERED, tracing: web });
  const inWorker = createRunTelemetry({ meter: UNMETERED, tracing: worker });
  const trace = await doneFor({ request: "r1", answered: Promise.resolve(202) }, () => accepted(inWeb));
  const watch = inWorker.executing(jobOf("a", trace));
  for (const stage of ["sandbox", "run", "record"] as const) watch.stage(stage);
  watch.end({ status: "success", isolation: "cell" });
  await Promise.all([web.close(), worker.close()]);
  collector.close();
  const { spans } = collector;
  assert.deepEqual(spans.map(({ name }) => name).sort(), [
    ...["accept", "record", "request", "run", "sandbox", "wait"],
  ]);
  assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 1);
  const request = spans.find(({ name }) => name === "request");
  const children = spans.filter(({ name }) => name !== "request");
  for (const { parentSpanId } of children) assert.equal(parentSpanId, request?.spanId);
});

test("runs of one request are in its trace, each with its id; its span ends once", async () => {
  const collector = await openCollector();
  const tracing = tracingTo(collector.endpoint);
  const telemetry = createRunTelemetry({ meter: UNMETERED, tracing });
  const traces = await doneFor({ request: "r1", answered: Promise.resolve(202) }, () =>
    Promise.all([accepted(telemetry), accepted(telemetry)]),
  );
  assert.equal(traces[0], traces[1]);
  for (const id of ["a", "b"])
    telemetry.executing(jobOf(id, traces[0])).end({ status: "cancelled", isolation: null });
  await tracing.close();
  collector.close();
  const named = (name: string): ReceivedSpan[] => collector.spans.filter((span) => span.name === name);
  assert.equal(named("request").length, 1);
  assert.deepEqual(
    named("wait")
      .map((span) => attributesOf(span)["quicksand.run"])
      .sort(),
    ["a", "b"],
  );
});

test("what has no single answer, such as a WebSocket, has no request's span; its runs continue its trace", async () => {
  const collector = await openCollector();
  const tracing = tracingTo(collector.endpoint);
  const telemetry = createRunTelemetry({ meter: UNMETERED, tracing });
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const trace = await doneFor({ request: "r1", traceparent }, () => accepted(telemetry));
  telemetry.executing(jobOf("a", trace)).end({ status: "success", isolation: "cell" });
  await tracing.close();
  collector.close();
  const [accept, wait] = ["accept", "wait"].map((name) => collector.spans.find((span) => span.name === name));
  assert.equal(collector.spans.length, 2);
  assert.deepEqual([accept?.parentSpanId, wait?.parentSpanId], ["b7ad6b7169203331", accept?.spanId]);
});

test("a job of a process without traces has none, and no stage of one whose clock is ahead ends before it began", async () => {
  const collector = await openCollector();
  const tracing = tracingTo(collector.endpoint);
  const telemetry = createRunTelemetry({ meter: UNMETERED, tracing });
  telemetry.executing(jobOf("a", undefined)).end({ status: "success", isolation: "cell" });
  const ahead = jobOf("b", await accepted(telemetry));
  const watch = telemetry.executing({ ...ahead, acceptedAtMs: ahead.acceptedAtMs + 60_000 });
  watch.stage("record");
  watch.end({ status: "success", isolation: "cell" });
  await tracing.close();
  collector.close();
  assert.deepEqual(collector.spans.map(({ name }) => name).sort(), ["accept", "record", "wait"]);
  for (const { startTimeUnixNano, endTimeUnixNano } of collector.spans)
    assert.ok(Number(endTimeUnixNano) >= Number(startTimeUnixNano));
});

test("a collector that refuses is logged, without its words, and not for every batch", async () => {
  const collector = await openCollector({ refusal: "the secret of somebody's collector" });
  const lines: string[] = [];
  const tracing = tracingTo(collector.endpoint, lines);
  tracing.begin("request").end();
  await tracing.close();
  collector.close();
  assert.equal(lines.length, 1, lines.join(""));
  const { level, msg, spans } = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  assert.deepEqual([level, msg, spans], [40, "traces could not be sent", 1]);
  assert.doesNotMatch(lines[0] ?? "", /secret/);
});

/** How many of OpenTelemetry's modules a process has loaded that has opened telemetry with this. */
function modulesLoaded(traces: object | null): number {
  const script = `import("./lib/telemetry/open.ts").then(async ({ openTelemetry }) => {
    await openTelemetry({ env: { traces: ${JSON.stringify(traces)} }, metrics: {}, log: {} });
    const { Module } = await import("node:module");
    console.log(Object.keys(Module._cache).filter((name) => name.includes("opentelemetry")).length);
  })`;
  return Number(execFileSync(process.execPath, ["--import", "tsx", "-e", script], { encoding: "utf8" }));
}

test("the vendor's modules are loaded only where traces are wanted", () => {
  assert.equal(modulesLoaded(null), 0);
  const traces = { endpoint: "http://127.0.0.1:9", headers: {}, serviceName: "quicksand" };
  assert.ok(modulesLoaded(traces) > 0);
});
