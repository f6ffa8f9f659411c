import { type Context, ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-node";
import type { Logger } from "../log";
import { withTimeout } from "../system/with-timeout";
import type { Span, SpanOptions, Tracing } from ".";

const CLOSE_MS = 2_000;
/** How often it is logged that traces cannot be sent. */
const COMPLAIN_EVERY_MS = 60_000;

const TRACEPARENT =
  /^[0-9a-f]{2}-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?:-.*)?$/;

export interface TracingOptions {
  /** Where OTLP over HTTP is spoken; `/v1/traces` is added. */
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  version: string;
  log: Logger;
}

/**
 * Traces that are sent to an OpenTelemetry collector as JSON, in batches. Load this module only where traces are wanted: OpenTelemetry takes
 * tens of milliseconds to load. Nothing is registered globally, so that no other library's traces join ours.
 */
export function openTracing({ endpoint, headers, serviceName, version, log }: TracingOptions): Tracing {
  const url = `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  const exporter = complaining(new OTLPTraceExporter({ url, headers: { ...headers } }), log);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.version": version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("quicksand", version);
  return {
    begin(name, { parent, atMs, attributes = {} }: SpanOptions = {}): Span {
      const span = tracer.startSpan(
        name,
        { attributes, ...(atMs === undefined ? {} : { startTime: atMs }) },
        contextOf(parent),
      );
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`,
        end({ atMs: endMs, failed = false, attributes: more = {} } = {}) {
          span.setAttributes(more);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end(endMs);
        },
      };
    },

    async close() {
      await withTimeout(
        provider.shutdown().catch(() => {}),
        CLOSE_MS,
        () => {},
      );
    },
  };
}

/** The context of a `traceparent`, which a request may have made up: one that is none begins a trace of its own. */
function contextOf(parent: string | null | undefined): Context {
  const { traceId, spanId, flags } = TRACEPARENT.exec(parent ?? "")?.groups ?? {};
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  // What is all zeros names nothing, and is no valid context to the SDK either.
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** Logs now and then that traces cannot be sent; OpenTelemetry itself says nothing. */
function complaining(exporter: SpanExporter, log: Logger): SpanExporter {
  let silentUntil = Number.NEGATIVE_INFINITY;
  return {
    export(spans: ReadableSpan[], done) {
      exporter.export(spans, (result) => {
        const now = performance.now();
        if (result.error && now >= silentUntil) {
          silentUntil = now + COMPLAIN_EVERY_MS;
          // Only its words: the error itself holds the answer of whoever listens there.
          log.warn({ reason: result.error.message, spans: spans.length }, "traces could not be sent");
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
