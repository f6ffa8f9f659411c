import * as z from "zod";
import { MAX_CODE_BYTES } from "./limits";
import { text } from "./text";

export const formatRequestSchema = z.object({
  language: text({ name: "language" }).min(1).max(64),
  code: text({ name: "code", maxBytes: MAX_CODE_BYTES, tooLarge: "code_too_large" }),
  /** Spaces of an indent, where the language leaves a choice. */
  tabWidth: z.union([z.literal(2), z.literal(4), z.literal(8)]).default(4),
});
export type FormatRequest = z.output<typeof formatRequestSchema>;

export const formatResultSchema = z.object({
  /** The formatted program; `null` when the formatter could not read it. */
  code: z.string().nullable(),
  /** The formatter's own words when there is no `code`. */
  message: z.string().nullable(),
});
export type FormatResult = z.infer<typeof formatResultSchema>;
