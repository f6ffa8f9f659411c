import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

const YEAR_S = 31_536_000;

/**
 * From now on every answer of this process, files included, tells browsers to come by https only. For a server whose public address
 * is https; whether it is stands in the environment it is started with, not in the app that was built.
 */
export function demandHttps(): void {
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
  });
}
