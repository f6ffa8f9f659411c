import * as z from "zod";

/**
 * JSON with its long texts beside it. A control character costs six bytes in JSON and a quotation mark two, so a program that prints such
 * characters would take several times the space that its limit says; beside the JSON every text takes its own bytes of UTF-8.
 */
export interface Packed {
  json: string;
  /** The long texts, one after the other; `null` when there are none. */
  texts: Buffer | null;
}

/** Shorter texts stay in the JSON: six times this is still little. */
const LONG_CHARS = 256;
/** Stands for a text in the JSON: where it is in `texts`, in bytes. No stored shape has a field of this name. */
const PLACE = "$text";
const placeSchema = z.strictObject({
  [PLACE]: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
});
/** Half a character has no UTF-8, so a text with one stays in the JSON, which escapes it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

export function pack(value: unknown): Packed {
  const texts: Buffer[] = [];
  let offset = 0;
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== "string" || part.length < LONG_CHARS || LONE_SURROGATE.test(part)) return part;
    const bytes = Buffer.from(part);
    const place = [offset, bytes.length];
    texts.push(bytes);
    offset += bytes.length;
    return { [PLACE]: place };
  });
  return { json, texts: texts.length === 0 ? null : Buffer.concat(texts) };
}

/** What `pack` was given, of which only its JSON form is left; JSON without texts beside it is itself. */
export function unpack({ json, texts }: { json: string; texts: Uint8Array | null }): unknown {
  if (texts === null) return JSON.parse(json);
  const bytes = Buffer.from(texts.buffer, texts.byteOffset, texts.byteLength);
  return JSON.parse(json, (_key, part: unknown) => {
    if (typeof part !== "object" || part === null || !(PLACE in part)) return part;
    const [from, length] = placeSchema.parse(part)[PLACE];
    return bytes.toString("utf8", from, from + length);
  });
}

export function packedBytes({ json, texts }: Packed): number {
  return Buffer.byteLength(json) + (texts?.length ?? 0);
}
