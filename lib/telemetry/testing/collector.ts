import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A span as OTLP's JSON has it, of what tests look at. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** In nanoseconds since the epoch. */
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number; doubleValue?: number } }[];
  status: { code?: number };
}

interface Received {
  resourceSpans: {
    resource: { attributes: ReceivedSpan["attributes"] };
    scopeSpans: { spans: ReceivedSpan[] }[];
  }[];
}

/** An OpenTelemetry collector that keeps what it is sent. */
export interface Collector {
  endpoint: string;
  spans: ReceivedSpan[];
  /** Every body as it came. */
  bodies: string[];
  headers: IncomingHttpHeaders[];
  resource: Record<string, unknown>;
  close(): void;
}

/** `refusal` is what it answers instead, with status 400. */
export async function openCollector({ refusal }: { refusal?: string } = {}): Promise<Collector> {
  const collected: Omit<Collector, "endpoint" | "close"> = {
    spans: [],
    bodies: [],
    headers: [],
    resource: {},
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    collected.bodies.push(body);
    collected.headers.push(request.headers);
    if (request.url === "/otlp/v1/traces") {
      for (const { resource, scopeSpans } of (JSON.parse(body) as Received).resourceSpans) {
        Object.assign(collected.resource, attributesOf(resource));
        collected.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
      }
    }
    response.setHeader("Content-Type", "application/json");
    if (refusal !== undefined) response.statusCode = 400;
    response.end(refusal ?? "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...collected,
    endpoint: `http://127.0.0.1:${port}/otlp`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function attributesOf({ attributes }: Pick<ReceivedSpan, "attributes">): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue]),
  );
}
