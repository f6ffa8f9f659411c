import { AppError } from "../../errors";
import type { CompatibleCall, CompatibleDoor, CompatibleRoute } from "../../http";
import { parseJson } from "../../http/body";

/** The version of Piston whose API this is. */
export const PISTON_VERSION = "3.1.1";

const JSON_ONLY = "requests must be of type application/json";

/** An error as Piston answers it. Its texts are those of Piston where it has one for the case. */
export function refusal({ httpStatus, message }: AppError): Response {
  return Response.json({ message }, { status: httpStatus });
}

export const pistonDoor: CompatibleDoor = {
  refusal,
  unknownMethod: () => refusal(new AppError("not_found", "Not Found")),
};

/** Throws for a body that Piston does not read. */
export function demandJson({ headers }: Request): void {
  if (headers.get("content-type")?.toLowerCase().startsWith("application/json")) return;
  throw new AppError("unsupported_media_type", JSON_ONLY);
}

/** The fields of a JSON body. What is no object has none. */
export function fieldsOf({ request, body }: CompatibleCall): Readonly<Record<string, unknown>> {
  demandJson(request);
  return fieldsIn(parseJson(request.headers, body));
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
        async answer({ request }) {
          // Before it looks for the address, it looks at the type.
          if (method !== "GET") demandJson(request);
          throw new AppError("not_found", "Not Found");
        },
      }),
    ),
  ];
}
