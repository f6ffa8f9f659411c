import * as z from "zod";

const encoder = new TextEncoder();

/** Length in bytes of UTF-8, the unit of every size limit of ours. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

/** A high surrogate without its low one, or the other way round: cannot be written as UTF-8. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

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
  return z.string().superRefine((value, context) => {
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
}

/** The issue for a field, or a sum of fields, over its limit. */
export function tooLarge(rule: Pick<TextRule, "name" | "tooLarge">, bytes: number, maxBytes: number) {
  return {
    code: "custom" as const,
    message: `\`${rule.name}\` is ${bytes.toLocaleString("en")} bytes; the limit is ${maxBytes.toLocaleString("en")} bytes.`,
    params: { tooLarge: rule.tooLarge ?? "body_too_large" },
  };
}
