import { AppError } from "../errors";

/** The last row of a page. Lists are sorted by both, descending; `createdAt` is in milliseconds since 1970. */
export interface Position {
  createdAt: number;
  id: string;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** The most rows a page may have. */
export function pageSize(limit: number | undefined): number {
  if (limit === undefined || Number.isNaN(limit)) return DEFAULT_LIMIT;
  return Math.max(1, Math.min(MAX_LIMIT, Math.floor(limit)));
}

export function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt}:${id}`).toString("base64url");
}

/** `null` for the first page. */
export function decodeCursor(cursor: string | null | undefined): Position | null {
  if (cursor === undefined || cursor === null) return null;
  const match = /^(\d{1,15}):(.{1,200})$/su.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!match?.[1] || !match[2]) {
    const message =
      "Expected `cursor` to be the `nextCursor` of a page before; leave it out for the first page.";
    throw new AppError("invalid_request", message, { details: [{ path: "cursor", message }] });
  }
  return { createdAt: Number(match[1]), id: match[2] };
}

/** A row of a list. */
export interface Placed {
  createdAt: Date;
  id: string;
}

export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

/** A page from up to `limit + 1` rows; the one too many only shows that there is another page. */
export function pageOf<Row extends Placed>(rows: Row[], limit: number): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last ? encodeCursor(positionOf(last)) : null };
}

export function positionOf(row: Placed): Position {
  return { createdAt: row.createdAt.getTime(), id: row.id };
}
