import { AppError } from "../../errors";
import type { CompatibleCall, CompatibleDoor, CompatibleRoute } from "../../http";
import { parseJson } from "../../http/body";

/** The version of Piston whose API this is. */
export const PISTON_VERSION = "3.1.1";

const JSON_ONLY = "requests must be of type application/json";

/** Piston answers 400 to what is too large, as to every other bad body. */
const TOO_LARGE: ReadonlySet<AppError["code"]> = new Set(["body_too_large", "code_too_large"]);

/** An error as Piston answers it. Its texts are those of Piston where it has one for the case. */
export function refusal({ code, httpStatus, message }: AppError): Response {
  return Response.json({ message }, { status: TOO_LARGE.has(code) ? 400 : httpStatus });
}

export const pistonDoor: CompatibleDoor = {
  refusal,
  unknownMethod: () => refusal(new AppError("not_found", "Not Found")),
};

/** What `fetch` says of a text whose type it is not told. */
const UNTOLD = "text/plain;charset=utf-8";

/**
 * The headers of a JSON body. Clients that worked with Piston's public host send JSON without saying so (npm's `piston-client`): an object
 * in a body whose type is not said counts as JSON. Throws for every other body that Piston does not read.
 */
export function jsonHeaders({ request, body }: Pick<CompatibleCall, "request" | "body">): Headers {
  const type = request.headers.get("content-type")?.toLowerCase();
  if (type?.startsWith("application/json")) return request.headers;
  const untold = type === undefined || type === UNTOLD;
  if (!untold || !/^\s*\{/.test(Buffer.from(body).toString("latin1", 0, 100)))
    throw new AppError("unsupported_media_type", JSON_ONLY);
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/json");
  return headers;
}

/** The fields of a JSON body. What is no object has none. */
export function fieldsOf(call: CompatibleCall): Readonly<Record<string, unknown>> {
  return fieldsIn(parseJson(jsonHeaders(call), call.body));
}

export function fieldsIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** All methods of a path: those that it has, and for the others what Piston says of an address that it does not have. */
export function everyRoute(...routes: readonly CompatibleRoute[]): CompatibleRoute[] {
  const had = new Set(routes.map(({ method }) => method));
  const missing = (["GET", "POST", "DELETE"] as const).filter((method) => !had.has(method));
  return [
    ...routes,
    ...missing.map(
      (method): CompatibleRoute => ({
        method,
        scope: "read",
        async answer(call) {
          // Before it looks for the address, it looks at the type.
          if (method !== "GET") jsonHeaders(call);
          throw new AppError("not_found", "Not Found");
        },
      }),
    ),
  ];
}
