import { createHmac, hkdfSync } from "node:crypto";
import type { Logger } from "../log";
import { isPrivateHost } from "./public-address";
import { send } from "./send";

/** Seconds from one attempt to the next: five in all, the last one 36 minutes after the first. */
const RETRY_AFTER_S = [5, 60, 300, 1_800] as const;
/** Callbacks that wait for their next attempt. Each is only an address and a question; beyond so many none is tried again. */
const MAX_WAITING = 1_000;

/**
 * Addresses that are named with one request and told once, when what was requested is there, as other services' APIs have it. They wait in
 * memory: what is not delivered when the server stops is not delivered.
 */
export interface Callbacks {
  /** By which an owner's callbacks are signed: always the same for one owner, and another for everybody else. */
  secretOf(owner: string): string;
  /** Why an address would never be told, in words; `null` where it may be. What its name leads to is only known when it is. */
  problem(url: string): string | null;
  /** Puts JSON there, now and again until it is taken. `body` is asked before each attempt; `null` is that there is nothing to tell any more. */
  put(owner: string, url: string, body: () => Promise<string | null>): void;
  close(): Promise<void>;
}

export interface CallbacksOptions {
  /** The server's. */
  secret: string;
  /** Addresses of this machine and its network may be told, too. */
  allowPrivate: boolean;
  log: Logger;
  retryAfterS?: readonly number[];
}

export function createCallbacks(options: CallbacksOptions): Callbacks {
  const { allowPrivate, log, retryAfterS = RETRY_AFTER_S } = options;
  const key = Buffer.from(hkdfSync("sha256", options.secret, "", "quicksand callbacks", 32));
  const closing = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const sending = new Set<Promise<void>>();

  const secretOf = (owner: string) => createHmac("sha256", key).update(owner).digest("hex");

  function attempt(owner: string, url: string, body: () => Promise<string | null>, tried: number): void {
    const work = (async () => {
      const text = await body().catch((error: unknown) => {
        log.warn({ err: error }, "could not read what a callback is to be told");
        return null;
      });
      if (text === null || closing.signal.aborted) return;
      const signature = createHmac("sha256", secretOf(owner)).update(text).digest("hex");
      const headers = { "x-quicksand-signature": `sha256=${signature}` };
      const outgoing = { method: "PUT", url, headers, body: text } as const;
      const { problem } = await send(outgoing, { allowPrivate, signal: closing.signal }, new Date());
      const waitS = retryAfterS[tried];
      if (problem === null || closing.signal.aborted) return;
      if (waitS === undefined || timers.size >= MAX_WAITING) {
        log.info({ problem, attempts: tried + 1 }, "gave up a callback");
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        attempt(owner, url, body, tried + 1);
      }, waitS * 1_000).unref();
      timers.add(timer);
    })();
    sending.add(work);
    void work.finally(() => sending.delete(work));
  }

  return {
    secretOf,

    problem(url) {
      if (!URL.canParse(url)) return "is not a URL";
      const { protocol, hostname } = new URL(url);
      if (protocol !== "http:" && protocol !== "https:") return "must begin with https:// or http://";
      return !allowPrivate && isPrivateHost(hostname) ? "must be an address of the public internet" : null;
    },

    put: (owner, url, body) => attempt(owner, url, body, 0),

    async close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(sending);
    },
  };
}
