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

/** The names in braces of a path. */
type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** What a handler is given: everything checked, nothing left to parse. */
export interface Call<E extends Endpoint> {
  request: Request;
  requestId: string;
  services: Services;
  /** `null` where an endpoint is public. */
  viewer: E extends { access: "public" } ? null : Viewer;
  identity: E extends { access: "public" }
    ? null
    : E extends { access: "user" | "admin" }
      ? Identity & { user: User }
      : Identity;
  params: Readonly<Record<ParamName<E["path"]>, string>>;
  query: E extends { query: infer S extends z.ZodType } ? z.output<S> : undefined;
  body: E extends { body: infer S extends z.ZodType } ? z.output<S> : undefined;
  /** For what is thrown after the answer has begun: logs it and says what the client is told. */
  onError: (error: unknown) => AppError;
}

/** Answers with the endpoint's response, which becomes JSON, or with a `Response` where it is something else. */
export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<z.input<E["response"]> | Response>;

interface Incoming {
  request: Request;
  requestId: string;
  services: Services;
  params: object;
}

/** An endpoint with its handler, ready to be served. */
export interface Route {
  method: Endpoint["method"];
  answer(incoming: Incoming): Promise<Response>;
}

/** Binds a handler to its declaration: who may call it and what it takes are checked before it is called. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return {
    method: endpoint.method,
    async answer({ request, requestId, services, params }) {
      const { headers } = request;
      const identity = endpoint.access === "public" ? null : await services.identities.of(headers);
      // A key is sent by a program, on purpose; a cookie by a browser, whoever asks it to.
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
        // A form sends its empty fields too: an empty value is none.
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

/** Counts a request; answers the headers that say how many are left. Throws `rate_limited`. */
async function takeRequest({ rates, env }: Services, { viewer }: Identity): Promise<Record<string, string>> {
  const rate = await rates.take("requests", viewer.account, env.plans[viewer.plan].requestsPerMinute);
  if (!rate.allowed) throw rateLimited(rate, "requests a minute");
  return rateHeaders(rate);
}

type NextHandler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
type Answer = (requestId: string, ...asked: Parameters<NextHandler>) => Promise<Response>;

/**
 * The exports of a route file. `getServices` is asked at each request: a server that cannot be composed answers 500, and
 * tries again at the next.
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
      if (request.signal.aborted) return new Response(null, { status: 499 }); // nobody is there to read it
      return errorResponse(toAppError(error, requestId, log ?? createLog("error")));
    }
  });
}

/**
 * The exports of a route file whose answers another library makes: with our headers, our errors, and closed to other sites like every
 * other. `GET` and `POST` only.
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

/** The exports of the route file for all addresses below `/api` where nothing is. */
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

/** One function for every method, so that the wrong ones get our error shape and headers too. */
function everyMethod(answer: Answer) {
  const handle: NextHandler = async (request, context) => {
    // Never the client's own value: it would end up in our log.
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

/** Lets pages of other sites ask with an API key; without one they are refused where it matters. */
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
