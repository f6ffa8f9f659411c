import type { IncomingMessage } from "node:http";
import { nanoid } from "nanoid";
import { addressOf } from "../auth/address";
import { AppError } from "../errors";
import { takeEach } from "../rates";
import type { Services } from "../services";
import { errorResponse } from "./error-response";
import { createHosts } from "./hosts";
import { requestBudgets } from "./request-count";
import { standalonePage } from "./standalone-page";

/** What is asked of every request before a route or a page is. */
export interface Gate {
  /** The network a request comes from. */
  addressOf(incoming: IncomingMessage): string;
  /** What is answered instead; `null` for a request that may go on. */
  refusal(incoming: IncomingMessage): Promise<Response | null>;
}

/** `/judge0` and `/v1` (LibreChat) are where clients of those APIs are pointed to. */
const API = /^\/(?:api|judge0|v1)(?:\/|$)/;
/** A route outside `/api`, whose refusals have the API's shape. */
const RAW = /^\/r\/[^/]+\/raw$/;
/** Next.js resolves these, so that the path that is judged here would not be the one that is answered. */
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)|\\/i;
/** Health says nothing of anybody, and simple monitors speak HTTP/1.0 without a host. */
const NEEDS_NO_HOST = /^\/api\/health(?:\/(?:live|ready))?$/;
/** Files of the build: any number of them belongs to one page. */
const BUILD = /^\/(?:_next\/static|language-servers)\//;

const API_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const PAGE_METHODS = ["GET", "HEAD"];

/** A path without its query. */
export function pathOf({ url = "" }: IncomingMessage): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

/** Whether an address belongs to the API and not to the pages. */
export function isApi(path: string): boolean {
  return API.test(path) || RAW.test(path);
}

/** `services` is asked when a page is counted; a request is not refused because it cannot be had. */
export function createGate(
  env: Services["env"],
  services: () => Promise<Pick<Services, "rates" | "identities" | "auth">>,
): Gate {
  const hosts = createHosts(env);

  /** What needs nothing but the request's first lines. */
  function wrong(incoming: IncomingMessage, path: string): AppError | null {
    const { method = "", url = "", headers, socket } = incoming;
    // In development, the page that shows an error asks Next.js about it.
    const api = isApi(path) || (!env.production && path.startsWith("/__nextjs"));
    const methods = api ? API_METHODS : PAGE_METHODS;
    if (!methods.includes(method) || url === "*") return wrongMethod(method, methods);
    // A whole URL is for proxies, and names a host of its own.
    if (!url.startsWith("/")) return new AppError("invalid_request", "The address must begin with a slash.");
    if (DOT_SEGMENT.test(path)) {
      return new AppError(
        "invalid_request",
        "The address must not have `.`, `..` or a backslash in its path.",
      );
    }
    const hostless = headers.host === undefined && NEEDS_NO_HOST.test(path);
    if (!hostless && !hosts.know(headers.host, socket.localAddress)) return wrongHost(headers.host ?? "");
    const bytes = headers["content-length"] ?? "0";
    if (!api && (headers["transfer-encoding"] !== undefined || bytes !== "0"))
      return new AppError("invalid_request", "A page takes no body; send none.");
    return null;
  }

  /** Pages are counted apart from the API, which a page itself asks several times: by session, else by guest. */
  async function tooMany(incoming: IncomingMessage): Promise<AppError | null> {
    const started = await services().catch(() => null);
    if (!started) return null;
    const { rates, identities, auth } = started;
    const headers = headersOf(incoming);
    const session = await auth.sessions.idOf(headers);
    // Which plan a session has is not known here.
    const perMinute = Math.max(...Object.values(env.plans).map((plan) => plan.requestsPerMinute));
    const budgets =
      session === null
        ? requestBudgets("pages", await identities.guest(headers), env.plans.guest)
        : ([{ name: "pages", key: session, perMinute, what: "pages a minute" }] as const);
    try {
      await takeEach(rates, budgets);
      return null;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  return {
    addressOf: (incoming) => addressOf(headersOf(incoming), env.trustedProxies),

    async refusal(incoming) {
      const path = pathOf(incoming);
      sanitize(incoming);
      const counted = !isApi(path) && !BUILD.test(path);
      const error = wrong(incoming, path) ?? (counted ? await tooMany(incoming) : null);
      return error && answerOf(error, incoming, path);
    },
  };
}

/** What proxies say of the request before them and Next.js believes: left out where it is not what a proxy would say. */
function sanitize({ headers }: IncomingMessage): void {
  const { host } = headers;
  if (headers["x-forwarded-host"] !== host) delete headers["x-forwarded-host"];
  if (!/^https?$/.test(String(headers["x-forwarded-proto"] ?? ""))) delete headers["x-forwarded-proto"];
}

/** The few headers that are asked for by name, without a copy of them all. */
export function headersOf({ headers }: IncomingMessage): Pick<Headers, "get"> {
  return { get: (name) => headers[name.toLowerCase()]?.toString() ?? null };
}

function wrongMethod(method: string, methods: readonly string[]): AppError {
  const allowed = methods.join(", ");
  return new AppError("method_not_allowed", `This address does not take ${method}; use ${allowed}.`, {
    headers: { Allow: allowed },
  });
}

function wrongHost(host: string): AppError {
  const shown = host.slice(0, 200);
  return new AppError(
    "wrong_host",
    `This server does not answer for the host "${shown}". Whoever runs it can add it to QUICKSAND_HOSTS.`,
  );
}

const TITLES: Partial<Record<AppError["code"], string>> = {
  wrong_host: "This is not an address of this Quicksand",
  rate_limited: "That were too many pages in a minute",
};

/** People get a page; programs, and whoever asks for something else than a page, the error's usual shape. */
function answerOf(error: AppError, { headers }: IncomingMessage, path: string): Response {
  const title = TITLES[error.code];
  if (isApi(path) || !title || !headers.accept?.includes("text/html")) {
    const response = errorResponse(error);
    response.headers.set("X-Request-Id", nanoid());
    response.headers.set("Cache-Control", "no-store");
    return response;
  }
  return standalonePage({
    ...{ status: error.httpStatus, title, heading: title, text: error.message, headers: error.headers },
    ...(error.retryAfterS === undefined ? {} : { retryS: Math.ceil(error.retryAfterS) }),
    link: { href: "", label: "Try again" },
    framedByAnyone: path.startsWith("/embed/"),
  });
}
