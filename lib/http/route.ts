import { nanoid } from "nanoid";
import type * as z from "zod";
import type { Identity } from "../auth/identity";
import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { createLog, type Logger } from "../log";
import type { Endpoint } from "../schemas/endpoints";
import { MAX_FORM_BYTES } from "../schemas/limits";
import type { Services } from "../services";
import type { User } from "../store/accounts";
import { doneFor } from "../telemetry/context";
import { parseJson, readBody } from "./body";
import { errorResponse, toAppError } from "./error-response";
import { permit } from "./permission";
import { check } from "./problems";
import { countGuest, countViewer, type RateHeaders } from "./request-count";
import { refuseOtherSites } from "./same-origin";

/** The names in a path's braces. */
type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** What a handler is given: everything is checked and parsed. */
export interface Call<E extends Endpoint> {
  request: Request;
  requestId: string;
  services: Services;
  /** `null` when the endpoint is public. */
  viewer: E extends { access: "public" } ? null : Viewer;
  identity: E extends { access: "public" }
    ? null
    : E extends { access: "user" | "admin" }
      ? Identity & { user: User }
      : Identity;
  params: Readonly<Record<ParamName<E["path"]>, string>>;
  query: E extends { query: infer S extends z.ZodType } ? z.output<S> : undefined;
  body: E extends { body: infer S extends z.ZodType } ? z.output<S> : undefined;
  /** For errors after the answer has begun: logs them, and answers what the client is told. */
  onError: (error: unknown) => AppError;
}

/** Answers the endpoint's response, which is sent as JSON, or a `Response` for anything else. */
export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<z.input<E["response"]> | Response>;

/** A request to an endpoint, and the parameters of its path. */
export interface Incoming {
  request: Request;
  requestId: string;
  services: Services;
  params: object;
}

/** An endpoint bound to its handler. */
export interface Route {
  method: Endpoint["method"];
  answer(incoming: Incoming): Promise<Response>;
}

/** A request that may go on, and what its answer says of the minute that it was taken from. */
interface Admitted<E extends Endpoint> {
  call: Call<E>;
  rate: RateHeaders | null;
  /** The body as it came. */
  bytes: Uint8Array | undefined;
}

/** What is declared of an endpoint before its input is looked at. */
type Entrance = Pick<
  Endpoint,
  "method" | "access" | "scope" | "confirmed" | "uncounted" | "upgrades" | "maxBodyBytes"
> & { body?: unknown };

/** A request whose sender is known and may come in; nothing of its input was judged. */
export interface Entered {
  identity: Identity | null;
  rate: RateHeaders | null;
  /** The body as it came, where the endpoint takes one. */
  bytes: Uint8Array | undefined;
}

/**
 * Checks rate, body, identity and permission, in this order. Who asks, and what they may, is found out when the body is there: rights
 * that end while it is on its way are not used any more. `headers` are those that say who asks, where they are not the request's own.
 */
export async function enter(
  endpoint: Entrance,
  { request, services }: Pick<Incoming, "request" | "services">,
  headers: Headers = request.headers,
): Promise<Entered> {
  const isPublic = endpoint.access === "public";
  const unknown = isPublic || !services.identities.claimsOne(headers);
  let rate = unknown && !endpoint.uncounted ? await countGuest(services, headers) : null;
  const bytes = endpoint.body ? await readBody(request, endpoint.maxBodyBytes ?? MAX_FORM_BYTES) : undefined;
  const identity = isPublic ? null : await identify(services, headers);
  if (identity && !unknown) rate = await countViewer(services, identity);
  // A program sends an API key on purpose; a browser sends cookies for whichever page asks it to.
  const changes = endpoint.method !== "GET" || endpoint.upgrades;
  if (changes && !identity?.scopes) refuseOtherSites(headers, services.env.publicUrl);
  permit(endpoint, identity, services.env);
  return { identity, rate, bytes };
}

/** `enter`, and the input checked by the endpoint's schemas. */
export async function admit<E extends Endpoint>(
  endpoint: E,
  { request, requestId, services, params }: Incoming,
): Promise<Admitted<E>> {
  const { headers } = request;
  const { identity, rate, bytes } = await enter(endpoint, { request, services });
  const asked = [...new URL(request.url).searchParams];
  // The conditional types of `Call` say what these are for this endpoint; here it is any endpoint.
  const call = {
    request,
    requestId,
    services,
    viewer: identity?.viewer ?? null,
    identity,
    params,
    // Forms send their empty fields too: an empty value counts as absent.
    query:
      endpoint.query &&
      check(endpoint.query, Object.fromEntries(asked.filter(([, value]) => value !== "")), "query"),
    body: endpoint.body && bytes && check(endpoint.body, parseJson(headers, bytes), "body"),
    onError: (error: unknown) => toAppError(error, requestId, services.log),
  } as Call<E>;
  return { call, rate, bytes };
}

/** Binds a handler to its declaration: it is called with what `admit` lets in. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return {
    method: endpoint.method,
    async answer(incoming) {
      const { call, rate, bytes } = await admit(endpoint, incoming);
      const { identity } = call;
      const answer = async () => {
        const made = await handler(call);
        return made instanceof Response ? made : Response.json(made, { status: endpoint.status ?? 200 });
      };
      const response = endpoint.idempotent
        ? await onceByKey(incoming, identity?.viewer.id ?? "", bytes, answer)
        : await answer();
      addRate(response, rate);
      if (identity?.setCookie && endpoint.issuesGuestCookie !== false)
        response.headers.append("Set-Cookie", identity.setCookie);
      return response;
    },
  };
}

/** The answer of an earlier request with the same `Idempotency-Key`, or this one's own. */
async function onceByKey(
  { request, services: { idempotency } }: Incoming,
  asker: string,
  bytes: Uint8Array | undefined,
  answer: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return answer();
  const { pathname, search } = new URL(request.url);
  const where = `${request.method} ${pathname}`;
  return idempotency.once({ asker, where, key, sent: [search, bytes ?? new Uint8Array()] }, answer);
}

/** A request whose key does not work is counted all the same, as a guest's. */
async function identify(services: Services, headers: Headers): Promise<Identity> {
  try {
    return await services.identities.of(headers);
  } catch (error) {
    await countGuest(services, headers);
    throw error;
  }
}

/** An answer that says what is left of something else, such as the day's runs, keeps that. */
export function addRate({ headers }: Response, rate: RateHeaders | null): void {
  for (const [name, value] of Object.entries(rate ?? {})) if (!headers.has(name)) headers.set(name, value);
}

type NextHandler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
export type Answer = (requestId: string, ...asked: Parameters<NextHandler>) => Promise<Response>;

/**
 * The exports of a route file. `getServices` is called for each request: when the services cannot be started the answer is a 500, and the
 * next request tries again.
 */
export function serve(getServices: () => Promise<Services>, ...routes: readonly Route[]) {
  return everyMethod(async (requestId, request, context) => {
    let log: Logger | undefined;
    try {
      const services = await getServices();
      log = services.log;
      if (request.method === "OPTIONS") return preflight(routes);
      const method = request.method === "HEAD" ? "GET" : request.method;
      const found = routes.find((route) => route.method === method);
      if (!found) {
        await countGuest(services, request.headers);
        throw methodRefused(request.method, allow(routes).Allow);
      }
      return await found.answer({ request, requestId, services, params: await context.params });
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 }); // the client has left
      return errorResponse(toAppError(error, requestId, log ?? createLog("error")));
    }
  });
}

/** A request for another library, counted, and its body as far as it may be read. */
export interface ExternalCall {
  request: Request;
  body: Uint8Array;
  services: Services;
  params: object;
}

/**
 * The exports of a route file whose answers come from another library: counted, with our body reader, headers and errors, and closed to
 * other sites' pages like every route. `GET` and `POST` only.
 */
export function serveExternal(
  getServices: () => Promise<Services>,
  answer: (call: ExternalCall) => Promise<Response>,
) {
  return everyMethod(async (requestId, request, context) => {
    let log: Logger | undefined;
    try {
      const services = await getServices();
      log = services.log;
      if (request.method !== "GET" && request.method !== "POST")
        throw methodRefused(request.method, "GET, POST");
      const rate = await countGuest(services, request.headers);
      const body = await readBody(request, MAX_FORM_BYTES);
      if (request.method === "POST") refuseOtherSites(request.headers, services.env.publicUrl);
      const response = await answer({ request, body, services, params: await context.params });
      addRate(response, rate);
      return response;
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 });
      return errorResponse(toAppError(error, requestId, log ?? createLog("error")));
    }
  });
}

/** The exports of the route file that catches every address below `/api` without a route. */
export function notFoundRoute(getServices: () => Promise<Services>) {
  return everyMethod(async (requestId, request) => {
    const { pathname } = new URL(request.url);
    try {
      await countGuest(await getServices(), request.headers);
      throw new AppError("not_found", `There is nothing at ${pathname.slice(0, 200)}.`);
    } catch (error) {
      return errorResponse(toAppError(error, requestId, createLog("error")));
    }
  });
}

/** What a page of another site may read beside the few headers that browsers always show. */
const EXPOSED_HEADERS = [
  ...["RateLimit", "RateLimit-Policy", "Idempotency-Replayed"],
  ...["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id"],
  ...["Allow", "Content-Disposition", "WWW-Authenticate"],
].join(", ");

/**
 * One function for all methods, so that unsupported ones get our error shape and headers too. `headers` are request headers beside
 * `Authorization` that only a program adds, as those are in which other services' clients send a key.
 */
export function everyMethod(answer: Answer, headers: readonly string[] = []) {
  const handle: NextHandler = async (request, context) => {
    // Never the client's own value, which would be written to the log.
    const requestId = nanoid();
    const traceparent = request.headers.get("traceparent");
    const beganAtMs = performance.timeOrigin + performance.now();
    let tell: ((status: number) => void) | undefined;
    const answered = new Promise<number>((resolve) => {
      tell = resolve;
    });
    const response = await doneFor({ request: requestId, traceparent, beganAtMs, answered }, () =>
      answer(requestId, request, context),
    );
    tell?.(response.status);
    response.headers.set("X-Request-Id", requestId);
    response.headers.set("X-Content-Type-Options", "nosniff");
    if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
    // A page of any site may read what it asks for with an API key; a browser adds no cookies of ours to such a request.
    if (["authorization", ...headers].some((name) => request.headers.has(name))) {
      response.headers.set("Access-Control-Allow-Origin", "*");
      response.headers.set("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
    return request.method === "HEAD" ? withoutBody(response) : response;
  };
  return {
    GET: handle,
    POST: handle,
    PUT: handle,
    PATCH: handle,
    DELETE: handle,
    HEAD: handle,
    OPTIONS: handle,
  };
}

function withoutBody({ body, status, headers }: Response): Response {
  body?.cancel().catch(() => {});
  return new Response(null, { status, headers });
}

type Method = Pick<Route, "method">;

function allow(routes: readonly Method[]): { Allow: string } {
  const methods = routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return { Allow: [...methods, "OPTIONS"].join(", ") };
}

const USUAL_HEADERS = ["authorization", "content-type", "idempotency-key", "if-match", "last-event-id"];

/** Lets pages of other sites send requests with an API key; without one, requests that change something are refused. `more`: see `everyMethod`. */
export function preflight(routes: readonly Method[], more: readonly string[] = []): Response {
  const headers = {
    ...allow(routes),
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": routes.map(({ method }) => method).join(", "),
    "Access-Control-Allow-Headers": [...USUAL_HEADERS, ...more].join(", "),
    "Access-Control-Max-Age": "600",
  };
  return new Response(null, { status: 204, headers });
}

function methodRefused(method: string, allowed: string): AppError {
  const headers = { Allow: allowed };
  return new AppError("method_not_allowed", `This address does not take ${method}; use ${allowed}.`, {
    headers,
  });
}
