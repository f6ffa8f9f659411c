// @ts-check
import { Connection } from "./connection.mjs";
import { openRun } from "./live-run.mjs";
import { openTerminal } from "./terminal.mjs";

/** @import { Client, ClientOptions, LanguageInfo, RunDetail, RunSummary } from "./types" */

/** Seconds that one request waits for the end of a run; the server's limit. */
const WAIT_S = 50;

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
        const left = Math.ceil((until - performance.now()) / 1_000);
        const wait = Math.max(0, Math.min(WAIT_S, left));
        /** @type {RunDetail} */
        const run = await connection.json(pathOf(id), { query: { wait }, signal });
        if (run.status !== "running" || performance.now() >= until) return run;
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
