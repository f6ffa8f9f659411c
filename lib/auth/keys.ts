import { createHash } from "node:crypto";
import { nanoid } from "nanoid";

const PREFIX = "qs_";
/** 40 characters of 6 bits: 240 random bits, so a fast hash is enough to store it. */
const SECRET_LENGTH = 40;
const KEY = /^qs_[\w-]{40}$/;

/** A new API key. It is shown once and stored as its hash; `hint`, its beginning, lets its owner recognise it. */
export function newApiKey(): { key: string; hash: string; hint: string } {
  const key = `${PREFIX}${nanoid(SECRET_LENGTH)}`;
  return { key, hash: hashOf(key), hint: key.slice(0, PREFIX.length + 4) };
}

/** The hash of the API key in a request; `null` without one, `"malformed"` for a token that cannot be one of ours, an empty one too. */
export function presentedKey(headers: Pick<Headers, "get">): string | "malformed" | null {
  const given = /^Bearer(?:\s+(.*))?$/is.exec(headers.get("authorization")?.trim() ?? "");
  if (!given) return null;
  const [, key = ""] = given;
  return KEY.test(key) ? hashOf(key) : "malformed";
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
