import packageJson from "../../package.json" with { type: "json" };
import type { Logger } from "../log";
import type { RunMeter, RunTelemetry } from ".";
import { createRunTelemetry } from "./runs";

export interface TelemetryOptions {
  env: {
    traces: { endpoint: string; headers: Readonly<Record<string, string>>; serviceName: string } | null;
  };
  metrics: RunMeter;
  log: Logger;
}

export interface Telemetry {
  runs: RunTelemetry;
  /** Sends what is not sent yet, for at most 2 s. */
  close(): Promise<void>;
}

/** What runs tell of themselves: always metrics, and traces where an address for them is set. */
export async function openTelemetry({ env, metrics: meter, log }: TelemetryOptions): Promise<Telemetry> {
  if (!env.traces) return { runs: createRunTelemetry({ meter, tracing: null }), close: async () => {} };
  const { openTracing } = await import("./tracing");
  const tracing = openTracing({ ...env.traces, version: packageJson.version, log });
  return { runs: createRunTelemetry({ meter, tracing }), close: () => tracing.close() };
}
