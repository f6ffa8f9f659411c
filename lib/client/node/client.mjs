// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "./connection.mjs";
import { openRun } from "./live-run.mjs";
import { openTerminal } from "./terminal.mjs";

/** @import { Client, ClientOptions, LanguageInfo, RunDetail, RunSummary } from "./types" */

/** Seconds that one request waits for the end of a run; the server's limit. */
const WAIT_S = 50;
/** Between two requests, where something answers at once that is to wait: an older server, or a cache before it. */
const PAUSE_MS = 1_000;

/**
 * A client of one Quicksand. Nothing is sent until it is used.
 * @param {ClientOptions} options
 * @returns {Client}
 */
export function createClient(options) {
  const connection = new Connection(options);
  /** @param {string} id @param {string} [rest] */
  const pathOf = (id, rest = "") => `/api/runs/${encodeURIComponent(id)}${rest}`;

  return {
    server: connection.server,

    run: (request, call) => openRun(connection, { request }, call),

    follow: (id, call) => openRun(connection, { id }, call),

    submit: (request, { idempotencyKey, signal } = {}) =>
      connection.json("/api/runs", {
        method: "POST",
        body: request,
        headers: idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey },
        signal,
      }),

    async wait(id, { timeoutMs = Number.POSITIVE_INFINITY, signal } = {}) {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const askedAt = performance.now();
        const left = Math.ceil((until - askedAt) / 1_000);
        const wait = Math.max(0, Math.min(WAIT_S, left));
        /** @type {RunDetail} */
        const run = await connection.json(pathOf(id), { query: { wait }, signal });
        const now = performance.now();
        if (run.status !== "running" || now >= until) return run;
        if (now - askedAt >= wait * 1_000) continue;
        const pause = Math.min(PAUSE_MS, until - now);
        await sleep(pause, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
      }
    },

    get: (id, { signal } = {}) => connection.json(pathOf(id), { signal }),

    list({ search, ...filter } = {}, { signal } = {}) {
      return connection.json("/api/runs", { query: { ...filter, q: search }, signal });
    },

    async share(id, visibility = "unlisted", { signal } = {}) {
      /** @type {RunSummary} */
      const run = await connection.json(pathOf(id), { method: "PATCH", body: { visibility }, signal });
      return { url: connection.url(`/r/${encodeURIComponent(run.id)}`).href, run };
    },

    async cancel(id, { signal } = {}) {
      /** @type {{ cancelled: boolean }} */
      const { cancelled } = await connection.json(pathOf(id, "/cancel"), { method: "POST", signal });
      return cancelled;
    },

    async languages({ signal } = {}) {
      /** @type {{ languages: LanguageInfo[] }} */
      const { languages } = await connection.json("/api/languages", { signal });
      return languages;
    },

    account: ({ signal } = {}) => connection.json("/api/account", { signal }),

    terminal: (request, call) => openTerminal(connection, request, call),
  };
}
