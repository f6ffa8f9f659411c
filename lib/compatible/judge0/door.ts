import { AppError } from "../../errors";
import type { CompatibleCall, CompatibleDoor } from "../../http";
import { parseJson, withKey } from "../../http";
import type { ErrorCode } from "../../schemas/error";

/** Judge0's version whose API this is. */
export const VERSION = "1.13.1";

/** Rails' answer for what is not there. */
export function notThere(): Response {
  return Response.json({ status: 404, error: "Not Found" }, { status: 404 });
}

export function badRequest(error: string): Response {
  return Response.json({ error }, { status: 400 });
}

/** Faults in what was sent before any field of it was looked at, which Rails says without a reason. */
const UNREADABLE: readonly ErrorCode[] = ["invalid_json", "invalid_request"];

/** An error of ours in the words and shapes of Judge0, or in its shape with our words where it knows no such error. */
export function refusal({ code, message, httpStatus }: AppError): Response {
  if (code === "unauthorized" || code === "forbidden") return new Response(null, { status: httpStatus });
  if (code === "not_found" || code === "gone") return notThere();
  if (code === "queue_full") return Response.json({ error: "queue is full" }, { status: 503 });
  if (UNREADABLE.includes(code))
    return Response.json({ status: 400, error: "Bad Request", message }, { status: 400 });
  return Response.json({ error: message }, { status: httpStatus });
}

export const DOOR: CompatibleDoor = {
  refusal,

  unknownMethod: notThere,

  headers: ["x-auth-token", "x-auth-user", "tokens"],

  /** An API key may be in Judge0's headers, or in the query by their names; `X-Auth-User` is for clients that only send that to `/authorize`. */
  credentials({ headers: sent, url }) {
    const query = new URL(url).searchParams;
    const given = (name: string) => sent.get(name) ?? query.get(name);
    return withKey(sent, given("X-Auth-Token") || given("X-Auth-User") || null);
  },
};

/** Of a form. Judge0 knows about twenty. */
const MAX_FORM_FIELDS = 100;
const AMPERSAND = "&".charCodeAt(0);

/** The fields of a body, of JSON or a form. Throws what `parseJson` does, and `invalid_request` for a form of too many fields. */
export function bodyOf({ request: { headers }, body }: CompatibleCall): Record<string, unknown> {
  const isForm = headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  // Counted before it is split: a body has room for millions.
  if (isForm && body.reduce((count, byte) => count + (byte === AMPERSAND ? 1 : 0), 1) > MAX_FORM_FIELDS)
    throw new AppError("invalid_request", `A form has at most ${MAX_FORM_FIELDS} fields here.`);
  if (isForm) return Object.fromEntries(new URLSearchParams(Buffer.from(body).toString("utf8")));
  if (body.length === 0) return {};
  const value = parseJson(headers, body);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Decision of 1.13.1: only what is said to be base64 is. */
export function isBase64({ url }: Pick<CompatibleCall, "url">): boolean {
  return url.searchParams.get("base64_encoded") === "true";
}
