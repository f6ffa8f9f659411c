import { AppError } from "../errors";

/** The header by which an answer says which revision it is of. */
export function etag({ revision }: { revision: number }): { ETag: string } {
  return { ETag: `"${revision}"` };
}

/** The revision that an `If-Match` header names; `null` without one, and for `*`. Throws `invalid_request` for anything else. */
export function revisionOf(headers: Pick<Headers, "get">): number | null {
  const given = headers.get("if-match");
  if (given === null || given.trim() === "*") return null;
  const revision = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  const message = `\`If-Match\` is ${JSON.stringify(given.slice(0, 100))}; it must be the revision that you change, such as "3", or be left out.`;
  throw new AppError("invalid_request", message, { details: [{ path: "If-Match", message }] });
}
