import type * as z from "zod";
import type { EndpointName, endpoints } from "../schemas/endpoints";
import { ADDRESSES } from "../schemas/endpoints/addresses";
import type { ErrorBody } from "../schemas/error";
import { askForPassword, CONFIRMATION_REQUIRED } from "./confirmation";
import { onDemand } from "./on-demand";

const loadSchemas = onDemand(() => import("./api-schemas"));
// Every page asks for something, and every answer is checked. A failure to load this is told to the request that needs it.
if (typeof window !== "undefined") loadSchemas().catch(() => {});

type Endpoints = typeof endpoints;
type BodyOf<Name extends EndpointName> = Endpoints[Name] extends { body: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;
type ResponseOf<Name extends EndpointName> = z.infer<Endpoints[Name]["response"]>;

/** Path parameters, query and body of an endpoint, and options of `fetch`. */
export interface CallOptions<Name extends EndpointName> {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: BodyOf<Name>;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** Let the request outlive the page. */
  keepalive?: boolean;
  /** Send no cookies and store none, so that the request is a guest's even if somebody is signed in. */
  anonymous?: boolean;
}

/** The code of a failure without a response. */
export const UNREACHABLE = "unreachable";

/** A failed request. The message, the server's if there is one, can be shown to people. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** Seconds after which to retry, from the server's `Retry-After`. */
  readonly retryAfterS: number | null;
  readonly details: ErrorBody["error"]["details"];

  constructor(error: ErrorBody["error"], status: number, retryAfterS: number | null, cause?: unknown) {
    super(error.message, cause === undefined ? undefined : { cause });
    this.name = "ApiError";
    this.code = error.code;
    this.status = status;
    this.retryAfterS = retryAfterS;
    this.details = error.details;
  }
}

/** The server did not answer, or the connection broke. */
export function unreachable(cause?: unknown): ApiError {
  const message =
    "The server does not answer. Check that Quicksand is still running and that you are connected.";
  return new ApiError({ code: UNREACHABLE, message, details: [] }, 0, null, cause);
}

async function toApiError(response: Response): Promise<ApiError> {
  const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const retryAfterS = Number.isFinite(seconds) ? seconds : null;
  const error = (await explanationOf(response)) ?? {
    code: "internal",
    message: `The server answered with status ${response.status} and no explanation. Its log says more.`,
    details: [],
  };
  return new ApiError(error, response.status, retryAfterS);
}

/** What the server says of a failure; `null` where it says nothing, or nothing that can be checked. */
async function explanationOf(response: Response): Promise<ErrorBody["error"] | null> {
  try {
    const body: unknown = await response.json();
    const { errorBodySchema } = await loadSchemas();
    return errorBodySchema.safeParse(body).data?.error ?? null;
  } catch {
    return null;
  }
}

/** An answer that does not fit the endpoint table: the page is older or newer than the server, or something in between answers. */
function notExpected(status: number, cause: unknown): ApiError {
  const message =
    "The server's answer is not what this page expects. Load the page again; it may be of an earlier version.";
  return new ApiError({ code: "internal", message, details: [] }, status, null, cause);
}

function buildUrl(
  path: string,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return search ? `${filled}?${search}` : filled;
}

/**
 * Requests an endpoint of the table. Rejects with `ApiError` unless the response is a success. Where the server wants the password again, the
 * page asks for it, and the request is repeated.
 */
export async function send<Name extends EndpointName>(
  name: Name,
  options: CallOptions<Name> = {},
): Promise<Response> {
  try {
    return await sendOnce(name, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== CONFIRMATION_REQUIRED) throw error;
    const answer = await askForPassword();
    if (answer === "given") return sendOnce(name, options);
    if (answer === "nobody to ask") throw error;
    const message = "Nothing was changed: your password is needed for it.";
    throw new ApiError({ code: error.code, message, details: [] }, error.status, null, error);
  }
}

/** It sends before the caller's task ends, so that a page that is being left still can. */
async function sendOnce<Name extends EndpointName>(
  name: Name,
  options: CallOptions<Name>,
): Promise<Response> {
  const { method, path } = ADDRESSES[name];
  return request(buildUrl(path, options.params ?? {}, options.query ?? {}), {
    method,
    headers: {
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      ...options.headers,
    },
    cache: "no-store",
    ...(options.anonymous ? { credentials: "omit" as const } : {}),
    keepalive: options.keepalive ?? false,
    signal: options.signal ?? null,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
}

/** A part of the page that cannot be loaded is a server that cannot be reached, unless its request was given up meanwhile. */
export async function orUnreachable<Part>(loading: Promise<Part>, signal?: AbortSignal): Promise<Part> {
  try {
    return await loading;
  } catch (cause) {
    signal?.throwIfAborted();
    throw unreachable(cause);
  }
}

/** `fetch` that rejects with `ApiError` unless the response is a success; for URLs outside the endpoint table. */
export async function request(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  }
  if (!response.ok) throw await toApiError(response);
  return response;
}

/** Calls an endpoint and validates its JSON response. */
export async function call<Name extends EndpointName>(
  name: Name,
  options: CallOptions<Name> = {},
): Promise<ResponseOf<Name>> {
  const response = await send(name, options);
  const body: unknown = await response.json().catch(() => null);
  const { endpoints } = await orUnreachable(loadSchemas(), options.signal);
  const answer = endpoints[name].response.safeParse(body);
  if (!answer.success) throw notExpected(response.status, answer.error);
  // To the compiler the schema is a union here, although `name` has selected one.
  return answer.data as ResponseOf<Name>;
}
