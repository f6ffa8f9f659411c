import { nanoid } from "nanoid";
import type * as z from "zod";
import type { Identity } from "../auth/identity";
import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { createLog, type Logger } from "../log";
import { rateHeaders, rateLimited } from "../rates";
import type { Endpoint } from "../schemas/endpoints";
import { MAX_BODY_BYTES } from "../schemas/limits";
import type { Services } from "../services";
import type { User } from "../store/accounts";
import { readJson } from "./body";
import { errorResponse, toAppError } from "./error-response";
import { permit } from "./permission";
import { check } from "./problems";
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

interface Incoming {
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

/** Binds a handler to its declaration: identity, permission, rate and input are checked before it is called. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return {
    method: endpoint.method,
    async answer({ request, requestId, services, params }) {
      const { headers } = request;
      const identity = endpoint.access === "public" ? null : await services.identities.of(headers);
      // A program sends an API key on purpose; a browser sends cookies for whichever page asks it to.
      if (endpoint.method !== "GET" && !identity?.scopes) refuseOtherSites(headers, services.env.publicUrl);
      permit(endpoint, identity);
      const rate = identity && (await takeRequest(services, identity));
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
        body: endpoint.body && check(endpoint.body, await readJson(request, MAX_BODY_BYTES), "body"),
        onError: (error: unknown) => toAppError(error, requestId, services.log),
      } as Call<E>;
      const answer = await handler(call);
      const response = answer instanceof Response ? answer : Response.json(answer);
      for (const [name, value] of Object.entries(rate ?? {})) {
        if (!response.headers.has(name)) response.headers.set(name, value);
      }
      if (identity?.setCookie && endpoint.issuesGuestCookie !== false)
        response.headers.append("Set-Cookie", identity.setCookie);
      return response;
    },
  };
}

/** Counts a request against the viewer's rate; answers the headers that tell what is left. Throws `rate_limited`. */
async function takeRequest({ rates, env }: Services, { viewer }: Identity): Promise<Record<string, string>> {
  const rate = await rates.take("requests", viewer.account, env.plans[viewer.plan].requestsPerMinute);
  if (!rate.allowed) throw rateLimited(rate, "requests a minute");
  return rateHeaders(rate);
}

type NextHandler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
type Answer = (requestId: string, ...asked: Parameters<NextHandler>) => Promise<Response>;

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
      if (!found) throw methodNotAllowed(request.method, routes);
      return await found.answer({ request, requestId, services, params: await context.params });
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 }); // the client has left
      return errorResponse(toAppError(error, requestId, log ?? createLog("error")));
    }
  });
}

/**
 * The exports of a route file whose answers come from another library, with our headers and errors, and closed to other sites' pages like
 * every route. `GET` and `POST` only.
 */
export function serveExternal(
  getServices: () => Promise<Services>,
  answer: (request: Request, services: Services, params: object) => Promise<Response>,
) {
  const { GET, POST } = everyMethod(async (requestId, request, context) => {
    let log: Logger | undefined;
    try {
      const services = await getServices();
      log = services.log;
      if (request.method === "POST") refuseOtherSites(request.headers, services.env.publicUrl);
      return await answer(request, services, await context.params);
    } catch (error) {
      return errorResponse(toAppError(error, requestId, log ?? createLog("error")));
    }
  });
  return { GET, POST };
}

/** The exports of the route file that catches every address below `/api` without a route. */
export function notFoundRoute() {
  return everyMethod(async (_requestId, request) => {
    const { pathname } = new URL(request.url);
    return errorResponse(new AppError("not_found", `There is nothing at ${pathname.slice(0, 200)}.`));
  });
}

/** What a page of another site may read beside the few headers that browsers always show. */
const EXPOSED_HEADERS = [
  ...["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id"],
  ...["Allow", "Content-Disposition", "WWW-Authenticate"],
].join(", ");

/** One function for all methods, so that unsupported ones get our error shape and headers too. */
function everyMethod(answer: Answer) {
  const handle: NextHandler = async (request, context) => {
    // Never the client's own value, which would be written to the log.
    const requestId = nanoid();
    const response = await answer(requestId, request, context);
    response.headers.set("X-Request-Id", requestId);
    response.headers.set("X-Content-Type-Options", "nosniff");
    if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
    // A page of any site may read what it asks for with an API key; a browser adds no cookies of ours to such a request.
    if (request.headers.has("authorization")) {
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

function allow(routes: readonly Route[]): { Allow: string } {
  const methods = routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return { Allow: [...methods, "OPTIONS"].join(", ") };
}

/** Lets pages of other sites send requests with an API key; without one, requests that change something are refused. */
function preflight(routes: readonly Route[]): Response {
  const headers = {
    ...allow(routes),
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": routes.map(({ method }) => method).join(", "),
    "Access-Control-Allow-Headers": "authorization, content-type, last-event-id",
    "Access-Control-Max-Age": "600",
  };
  return new Response(null, { status: 204, headers });
}

function methodNotAllowed(method: string, routes: readonly Route[]): AppError {
  const headers = allow(routes);
  return new AppError("method_not_allowed", `This address does not take ${method}; use ${headers.Allow}.`, {
    headers,
  });
}
