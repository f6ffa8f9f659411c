import * as z from "zod";

const encoder = new TextEncoder();

/** Length in bytes of UTF-8, the unit of every size limit of ours. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

/** A high surrogate without its low one, or the other way round: cannot be written as UTF-8. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Joins two emoji to one, as in a family; anywhere else it is not seen. */
const JOINS_EMOJI =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F)\u200D(?=\p{Extended_Pictographic})/u;
/** Makes an emoji of a sign. */
const SHOWS_EMOJI = /(?<=[\p{Extended_Pictographic}0-9#*])\uFE0F/u;
/** Formats, among them bidi controls and everything of no width, and whatever else is not seen. */
const NOT_SEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const REMOVED = new RegExp(`${JOINS_EMOJI.source}|${SHOWS_EMOJI.source}|(${NOT_SEEN.source})`, "gu");

/**
 * A name or a title as it is kept: what looks the same is the same text, it is one line, and nothing in it changes how the text around it is
 * shown. NFC, without control characters, bidi controls and characters that are not seen; only emoji keep what joins them.
 */
export function asLine(value: string): string {
  return value
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(REMOVED, (found: string, removed?: string) => (removed === undefined ? found : ""))
    .trim();
}

/** The custom-issue parameter that marks a size problem, which the API answers with 413 rather than 400. */
export type TooLargeCode = "code_too_large" | "body_too_large";

export interface TextRule {
  /** Name used in messages, as the client wrote it. */
  name: string;
  maxBytes?: number;
  /** Which 413 a text over `maxBytes` is. */
  tooLarge?: TooLargeCode;
}

/**
 * Text that can be carried into a sandbox and back without loss: no NUL, no half characters, at most `maxBytes`.
 * The issue of a text that is too large carries `params.tooLarge`, so that the edge can answer 413.
 */
export function text(rule: TextRule) {
  const checked = z.string().superRefine((value, context) => {
    if (value.includes("\0")) {
      context.addIssue({
        code: "custom",
        message: `\`${rule.name}\` contains a NUL character (at offset ${value.indexOf("\0")}); remove it.`,
      });
    }
    const lone = LONE_SURROGATE.exec(value);
    if (lone) {
      context.addIssue({
        code: "custom",
        message: `\`${rule.name}\` contains half of a surrogate pair (at offset ${lone.index}), which is not valid text; remove it.`,
      });
    }
    if (rule.maxBytes !== undefined) {
      const bytes = utf8Bytes(value);
      if (bytes > rule.maxBytes) context.addIssue(tooLarge(rule, bytes, rule.maxBytes));
    }
  });
  // For documents: no text of so many bytes has more characters. Whoever counts only those may still send too much.
  return rule.maxBytes === undefined ? checked : checked.meta({ maxLength: rule.maxBytes });
}

/** The issue for a field, or a sum of fields, over its limit. */
export function tooLarge(rule: Pick<TextRule, "name" | "tooLarge">, bytes: number, maxBytes: number) {
  return {
    code: "custom" as const,
    message: `\`${rule.name}\` is ${bytes.toLocaleString("en")} bytes; the limit is ${maxBytes.toLocaleString("en")} bytes.`,
    params: { tooLarge: rule.tooLarge ?? "body_too_large" },
  };
}
