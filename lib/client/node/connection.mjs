// @ts-check
import { QuicksandError, refused, unreachable } from "./error.mjs";

/** @import { ClientOptions } from "./types" */

/**
 * @typedef {{
 *   method?: "GET" | "POST" | "PATCH" | "DELETE",
 *   query?: Record<string, string | number | boolean | undefined>,
 *   body?: unknown,
 *   headers?: Record<string, string>,
 *   signal?: AbortSignal | undefined,
 * }} Sent
 */

/** Requests to one server, all by the same user or guest. */
export class Connection {
  #base;
  #apiKey;
  #fetch;
  /** A guest's, by name; without them every request would be another guest's. @type {Map<string, string>} */
  #cookies = new Map();

  /** @param {ClientOptions} options */
  constructor({ server, apiKey, fetch = globalThis.fetch }) {
    if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) {
      throw new TypeError(
        `Expected \`server\` to be an address such as https://code.example.org, got \`${server}\``,
      );
    }
    if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
      throw new TypeError("Expected `apiKey` to be one word of plain letters, such as qs_…");
    }
    this.#base = server.replace(/\/+$/, "");
    this.#apiKey = apiKey;
    this.#fetch = fetch;
  }

  get server() {
    return this.#base;
  }

  /** The headers that say who asks. @returns {Record<string, string>} */
  get credentials() {
    if (this.#apiKey !== undefined) return { authorization: `Bearer ${this.#apiKey}` };
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`);
    return cookies.length > 0 ? { cookie: cookies.join("; ") } : {};
  }

  /**
   * @param {string} path
   * @param {Sent["query"]} [query]
   */
  url(path, query = {}) {
    const url = new URL(`${this.#base}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }

  /**
   * Resolves when the answer has begun and is no refusal.
   * @param {string} path
   * @param {Sent} [sent]
   */
  async send(path, { method = "GET", query, body, headers = {}, signal } = {}) {
    /** @type {Response} */
    let response;
    try {
      response = await this.#fetch(this.url(path, query), {
        method,
        headers: {
          ...this.credentials,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
        // A key goes to nobody but the server that was named.
        redirect: "manual",
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw unreachable(this.#base, error);
    }
    this.#keepCookies(response.headers);
    if (response.ok) return response;
    if (response.status >= 300 && response.status < 400) throw this.#moved(response);
    const text = await response.text().catch(() => "");
    throw refused(parsed(text), { server: this.#base, status: response.status, headers: response.headers });
  }

  /**
   * The JSON of the answer.
   * @template T
   * @param {string} path
   * @param {Sent} [sent]
   * @returns {Promise<T>}
   */
  async json(path, sent = {}) {
    const response = await this.send(path, sent);
    let text;
    try {
      text = await response.text();
    } catch (error) {
      sent.signal?.throwIfAborted();
      throw unreachable(this.#base, error);
    }
    const value = parsed(text);
    if (typeof value !== "object" || value === null) {
      throw refused(null, { server: this.#base, status: response.status });
    }
    return /** @type {T} */ (value);
  }

  /** @param {Response} response */
  #moved({ status, headers }) {
    const to = headers.get("location") ?? "another address";
    const message = `${this.#base} answered ${status} and sends to ${to}; use the address that the server itself has.`;
    return new QuicksandError("unexpected_answer", message, { status });
  }

  /** @param {Headers} headers */
  #keepCookies(headers) {
    for (const cookie of headers.getSetCookie()) {
      const [, name, value] = /^([^=;\s]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    }
  }
}

/** @param {string} text @returns {unknown} `undefined` for what is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
