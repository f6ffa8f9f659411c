import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome, printing } from "../../lib/runs/testing/runs-fixture";
import type { RunResult } from "../../lib/schemas/run";
import { attributesOf, openCollector, type ReceivedSpan } from "../../lib/telemetry/testing/collector";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
const MARK = "MARK-5d0f";
const MARKED = {
  ...{ language: "c", code: `/* ${MARK} */`, stdin: MARK, args: [MARK], env: { SECRET: MARK } },
  files: [{ path: `${MARK}.h`, content: MARK }],
};

const collector = await openCollector();
const routes = await openRoutes({
  variables: {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20abc=,x-tenant=school",
    OTEL_SERVICE_NAME: "quicksand-test",
  },
});
routes.sandbox.script = async function* () {
  yield { type: "stage", stage: "compile" };
  yield { type: "stage", stage: "run" };
  yield { type: "stdout", text: MARK };
  const output = { stdout: MARK, stderr: "", exitCode: 0, signal: null, truncated: false };
  yield { type: "done", outcome: outcome({ output, isolation: "cell" }) };
};

const visitor = new Visitor(routes);
const traced = { traceparent: `00-${TRACE_ID}-${CALLER}-01` };
const answer = await visitor.ask("POST", "/api/editor/run", MARKED, traced);
const { id } = (await answer.json()) as RunResult;
await visitor.ask("POST", "/api/runs", MARKED, { traceparent: `00-${"0".repeat(32)}-${CALLER}-01` });
routes.sandbox.script = async function* () {
  yield* [];
  throw new Error(`no container can be made ${MARK}`);
};
await visitor.ask("POST", "/api/editor/run", MARKED, { traceparent: `${MARK}; drop` });
await visitor.ask("POST", "/api/editor/run", { ...MARKED, language: "klingon" });
const unsampled = `00-${"1".repeat(32)}-${CALLER}-00`;
await visitor.ask("POST", "/api/editor/run", MARKED, { traceparent: unsampled });
await visitor.ask("GET", "/api/runs", undefined, traced);
await new Promise((resolve) => setTimeout(resolve, 50));
// What is not sent yet is sent when the services close.
await routes.services.close();
collector.close();

function spansOf(traceId: string): ReceivedSpan[] {
  return collector.spans.filter((span) => span.traceId === traceId);
}

const ORDER = ["request", "accept", "wait", "sandbox", "compile", "run", "record"];
const namesOf = (spans: ReceivedSpan[]) =>
  spans.map(({ name }) => name).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));

test("a run is one trace, which continues its caller's: every stage is a child of the request", () => {
  const spans = spansOf(TRACE_ID);
  assert.deepEqual(namesOf(spans), ORDER);
  const request = spans.find(({ name }) => name === "request");
  assert.equal(request?.parentSpanId, CALLER);
  for (const { name, parentSpanId } of spans)
    if (name !== "request") assert.equal(parentSpanId, request?.spanId, name);
});

test("stages follow one another without gaps, within their request", () => {
  const spans = new Map(spansOf(TRACE_ID).map((span) => [span.name, span]));
  const at = (name: string, end: "start" | "end") => Number(spans.get(name)?.[`${end}TimeUnixNano`]) / 1e6;
  for (const [first, next] of [
    ["wait", "sandbox"],
    ["sandbox", "compile"],
    ["compile", "run"],
    ["run", "record"],
  ] as const)
    assert.ok(Math.abs(at(first, "end") - at(next, "start")) < 0.01, `${first} to ${next}`);
  assert.ok(at("request", "start") <= at("accept", "start"));
  assert.ok(at("accept", "start") <= at("wait", "start"));
});

test("spans have ids, words of closed lists and numbers, and nothing of a program", () => {
  const spans = new Map(spansOf(TRACE_ID).map((span) => [span.name, attributesOf(span)]));
  const ofRun = { "quicksand.run": id, "quicksand.language": "c" };
  assert.deepEqual(spans.get("request"), {
    "quicksand.request": answer.headers.get("x-request-id"),
    "http.response.status_code": 200,
  });
  assert.deepEqual(spans.get("compile"), ofRun);
  assert.deepEqual(spans.get("record"), {
    ...ofRun,
    "quicksand.status": "success",
    "quicksand.isolation": "cell",
  });
  assert.ok(collector.bodies.length > 0);
  for (const body of collector.bodies) {
    assert.ok(!body.includes(MARK));
    assert.ok(!body.includes(visitor.cookie.split("=")[1] ?? ""));
  }
});

test("what is no traceparent begins a trace of its own, as does none", () => {
  assert.equal(collector.spans.filter(({ traceId }) => traceId === "0".repeat(32)).length, 0);
  const requests = collector.spans.filter(({ name, traceId }) => name === "request" && traceId !== TRACE_ID);
  assert.equal(requests.length, 3);
  for (const { parentSpanId } of requests) assert.ok(!parentSpanId);
  assert.equal(new Set(requests.map(({ traceId }) => traceId)).size, 3);
});

test("a fault of ours marks its spans as failed, and a refusal says which it was", () => {
  const failed = collector.spans.find(
    (span) => attributesOf(span)["quicksand.status"] === "system_error" && span.name === "record",
  );
  assert.equal(failed?.status.code, 2);
  assert.deepEqual(namesOf(spansOf(failed?.traceId ?? "")), [
    "request",
    "accept",
    "wait",
    "sandbox",
    "record",
  ]);
  const refused = collector.spans.find((span) => "quicksand.refusal" in attributesOf(span));
  assert.equal(refused && attributesOf(refused)["quicksand.refusal"], "unknown_language");
  assert.notEqual(refused?.status.code, 2);
});

test("who asks not to be traced is not, and requests without a run are no traces", () => {
  assert.deepEqual(spansOf("1".repeat(32)), []);
  assert.equal(spansOf(TRACE_ID).length, ORDER.length);
});

test("the collector is told the service, and gets the headers that are set", () => {
  assert.equal(collector.resource["service.name"], "quicksand-test");
  const [headers] = collector.headers;
  assert.deepEqual([headers?.authorization, headers?.["x-tenant"]], ["Basic abc=", "school"]);
});

test("a collector that is away changes nothing of a run, and does not keep the server from closing", async () => {
  const own = await openRoutes({ variables: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" } });
  own.sandbox.script = printing("hello\n");
  const body = { language: "python", code: "" };
  const { output } = await new Visitor(own).json<RunResult>("POST", "/api/editor/run", body);
  assert.equal(output.stdout, "hello\n");
  await own.services.close();
});
