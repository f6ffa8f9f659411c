import http from "node:http";
import https from "node:https";
import type { DeliveryAttempt } from "../schemas/webhook";
import { lookupPublic, refusePrivateHost } from "./public-address";

/** How long an address may take to answer, its connection included. */
const ANSWER_MS = 10_000;

export interface Outgoing {
  /** `POST` where it is left out. */
  method?: "POST" | "PUT";
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface SendOptions {
  /** Addresses of this machine and its network too. */
  allowPrivate: boolean;
  signal: AbortSignal;
}

/**
 * Sends JSON once. Never rejects: how it went is the attempt. Success is a status of 200 to 299. Redirects are not followed, since they could
 * lead anywhere, and nothing of the answer is read but its status.
 */
export async function send(outgoing: Outgoing, options: SendOptions, now: Date): Promise<DeliveryAttempt> {
  const begun = performance.now();
  const end = (httpStatus: number | null, problem: string | null): DeliveryAttempt => ({
    at: now.toISOString(),
    httpStatus,
    problem,
    durationMs: Math.round(performance.now() - begun),
  });
  try {
    const status = await request(outgoing, options);
    if (status >= 200 && status < 300) return end(status, null);
    const redirected = status >= 300 && status < 400;
    return end(status, `It answered ${status}${redirected ? "; redirects are not followed" : ""}.`);
  } catch (error) {
    return end(null, error instanceof Error ? error.message : String(error));
  }
}

function request(
  { method = "POST", url, headers, body }: Outgoing,
  { allowPrivate, signal }: SendOptions,
): Promise<number> {
  const { hostname, protocol } = new URL(url);
  const vendor = protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    if (!allowPrivate) refusePrivateHost(hostname);
    const asking = vendor.request(url, {
      method,
      headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      // A connection of its own, whose address has just been looked up.
      agent: false,
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    });
    // Not `AbortSignal.any`: Node keeps what it returns as long as the server runs.
    const giveUp = () => asking.destroy(new Error("The server stopped."));
    const timer = setTimeout(
      () => asking.destroy(new Error(`It did not answer in ${ANSWER_MS / 1_000} s.`)),
      ANSWER_MS,
    );
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    asking.on("close", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
    });
    asking.on("response", (response) => {
      resolve(response.statusCode ?? 0);
      response.on("error", () => {});
      response.destroy();
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
