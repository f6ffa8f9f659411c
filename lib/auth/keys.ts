import { createHash } from "node:crypto";
import { nanoid } from "nanoid";

const PREFIX = "qs_";
/** 40 characters of 6 bits: 240 random bits, so that a fast hash is enough to keep it by. */
const SECRET_LENGTH = 40;
const KEY = /^qs_[\w-]{40}$/;

/** A new API key: shown once, kept as its hash, told apart by its beginning. */
export function newApiKey(): { key: string; hash: string; hint: string } {
  const key = `${PREFIX}${nanoid(SECRET_LENGTH)}`;
  return { key, hash: hashOf(key), hint: key.slice(0, PREFIX.length + 4) };
}

/** The hash of the key that a request carries; `null` without one, `"malformed"` for what cannot be one of ours. */
export function presentedKey(headers: Pick<Headers, "get">): string | "malformed" | null {
  const given = /^Bearer\s+(.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (given === undefined) return null;
  return KEY.test(given) ? hashOf(given) : "malformed";
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
