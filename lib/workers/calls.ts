import type { Catalogue } from "../languages/catalogue";
import type { FleetAnswer, FleetCall } from "../queue/fleet";
import { answerFormat, type RunFormatter } from "../runs";
import type { SandboxFront } from "../sandbox/sandbox";

/** Formatters and hints beside the runs; a formatter takes a second. */
export const CALLS_AT_ONCE = 4;

export interface CallsOptions {
  sandbox: SandboxFront;
  catalogue: Catalogue;
  runFormatter: RunFormatter;
  /** As prom-client's `getMetricsAsJSON` gives them. */
  metrics: { json(): Promise<readonly unknown[]> };
}

/** What a worker answers to web processes. Never rejects: a fault is an answer, with the words for whoever asked. */
export function createCalls({ sandbox, catalogue, runFormatter, metrics }: CallsOptions) {
  return async (call: FleetCall, signal: AbortSignal): Promise<FleetAnswer> => {
    try {
      if (call.type === "metrics") return { ok: true, metrics: await metrics.json() };
      const language = catalogue.find(call.language);
      if (call.type === "expect") sandbox.expect(language, call.limits);
      if (call.type !== "format") return { ok: true };
      const { code, limits, tabWidth } = call;
      return await answerFormat(runFormatter({ language, style: { tabWidth }, code, limits }, signal));
    } catch (error) {
      return await answerFormat(Promise.reject(error));
    }
  };
}
