import type { AppError } from "../../errors";
import { type CompatibleDoor, withKey } from "../../http";

/** An error as LibreChat's service answers it, and for a rate as its agents read it. */
function refusal({ code, httpStatus, message, retryAfterS = 5 }: AppError): Response {
  const limited = code === "rate_limited" || code === "quota_exceeded";
  const body = limited
    ? { error: "rate_limited", details: message, retry_after_seconds: Math.ceil(retryAfterS) }
    : { error: message };
  return Response.json(body, { status: httpStatus });
}

export const librechatDoor: CompatibleDoor = {
  refusal,
  unknownMethod: () => Response.json({ error: "Not found" }, { status: 404 }),
  credentials: ({ headers }) => withKey(headers, headers.get("x-api-key")),
  headers: ["x-api-key"],
};
