import type { Identity } from "../auth/identity";
import { presentedKey } from "../auth/keys";
import type { Viewer } from "../auth/viewer";
import type { AppError } from "../errors";
import { createLog, type Logger } from "../log";
import type { KeyScope } from "../schemas/account";
import type { Services } from "../services";
import { errorResponse, toAppError } from "./error-response";
import { countGuest } from "./request-count";
import { addRate, enter, everyMethod, preflight } from "./route";
import { refuseOtherSites } from "./same-origin";

/** What a handler of another service's API is given. Its input is not checked: every such API has its own rules and words. */
export interface CompatibleCall {
  request: Request;
  url: URL;
  requestId: string;
  services: Services;
  viewer: Viewer;
  identity: Identity;
  params: Readonly<Record<string, string>>;
  /** The body as it came; empty for methods without one. */
  body: Uint8Array;
  /** For errors after the answer has begun: logs them, and answers what the client is told. */
  onError: (error: unknown) => AppError;
}

/** An endpoint of another service's API. Guests may use it within their quota; an API key needs the scope. */
export interface CompatibleRoute {
  method: "GET" | "POST" | "DELETE";
  scope: KeyScope;
  /** How large the body may be; it is read for every method but `GET`. `MAX_FORM_BYTES` where it is left out. */
  maxBodyBytes?: number;
  answer(call: CompatibleCall): Promise<Response>;
}

/** What all routes of such an API have in common. */
export interface CompatibleDoor {
  /** An error in the shape and with the status that clients of that API expect; ours only adds `Retry-After` and its other headers. */
  refusal(error: AppError): Response;
  /** Answers a method that a path has no route for, as that API does. */
  unknownMethod(method: string): Response;
  /** The headers that say who asks, where that API has a header of its own for it. */
  credentials?(request: Request): Headers;
  /** That API's own request headers, which pages of other sites may send too. */
  headers?: readonly string[];
  /** Pages of other sites are refused, with a key as well. */
  sameSite?: true;
}

/** An error as that API answers it, with what ours says in headers. */
export function refusalOf({ refusal }: Pick<CompatibleDoor, "refusal">, error: AppError): Response {
  const response = refusal(error);
  for (const [name, value] of errorResponse(error).headers)
    if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}

/**
 * The headers of a request whose key came in one of another service's own. What is in `Authorization` goes before it only where it is a key,
 * too: a proxy before this server may have a password there.
 */
export function withKey(headers: Headers, key: string | null): Headers {
  if (key === null || presentedKey(headers) !== null) return headers;
  const known = new Headers(headers);
  known.set("authorization", `Bearer ${key}`);
  return known;
}

/** The exports of a route file for an API that another service is known by: with our rates, identities and permissions, and its errors. */
export function serveCompatible(
  getServices: () => Promise<Services>,
  door: CompatibleDoor,
  ...routes: readonly CompatibleRoute[]
) {
  return everyMethod(async (requestId, request, context) => {
    let log: Logger | undefined;
    try {
      const services = await getServices();
      log = services.log;
      if (door.sameSite) refuseOtherSites(request.headers, services.env.publicUrl);
      else if (request.method === "OPTIONS") return preflight(routes, door.headers);
      const headers = door.credentials?.(request) ?? request.headers;
      const method = request.method === "HEAD" ? "GET" : request.method;
      const found = routes.find((route) => route.method === method);
      if (!found) {
        await countGuest(services, headers);
        return door.unknownMethod(request.method);
      }
      const endpoint = { ...found, access: "viewer", body: method !== "GET" } as const;
      const { identity, rate, bytes } = await enter(endpoint, { request, services }, headers);
      // Only a public endpoint identifies nobody.
      const known = identity as Identity;
      const response = await found.answer({
        ...{ request, url: new URL(request.url), requestId, services, identity: known, viewer: known.viewer },
        params: (await context.params) as Record<string, string>,
        body: bytes ?? new Uint8Array(),
        onError: (error) => toAppError(error, requestId, services.log),
      });
      addRate(response, rate);
      if (known.setCookie) response.headers.append("Set-Cookie", known.setCookie);
      return response;
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 });
      const told = toAppError(error, requestId, log ?? createLog("error"));
      return refusalOf(door, told);
    }
  }, door.headers);
}
