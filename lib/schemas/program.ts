import * as z from "zod";
import { MAX_ARGS_BYTES, MAX_TITLE_CHARS } from "./limits";
import { requestFieldsSchema } from "./run";
import { asLine, text } from "./text";

const { language, options, code, files, stdin, tests } = requestFieldsSchema.shape;

/** What a program holds: what can be run, as it is typed. The rules and limits are those of a run request. */
export const programContentSchema = z.object({
  language,
  options,
  code,
  files,
  stdin,
  /** One line as it was typed, not split: half a quotation mark is no reason not to save it. */
  args: text({ name: "args", maxBytes: MAX_ARGS_BYTES }).default(""),
  tests,
});
export type ProgramContent = z.output<typeof programContentSchema>;

/** `derived` titles follow the code; a `typed` one is kept. */
export const titleSourceSchema = z.enum(["derived", "typed"]);
export type TitleSource = z.infer<typeof titleSourceSchema>;

/** 22 characters of 6 bits, as of a run. A client may choose it, so that a program that is made without a network has its address already. */
export const programIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/, {
  message:
    "`id` must be 22 characters of A–Z, a–z, 0–9, `_` and `-`, chosen at random; leave it out to be given one.",
});

/** A program as its owner sees it. Moments as ISO texts; sizes were checked when it came. */
export const programSchema = z.object({
  id: z.string(),
  title: z.string(),
  titleSource: titleSourceSchema,
  /** 1 when it is made, one more with each change; `If-Match` of the next change. */
  revision: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  language: z.string(),
  options: z.record(z.string(), z.string()).optional(),
  code: z.string(),
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  stdin: z.string(),
  args: z.string(),
  tests: requestFieldsSchema.shape.tests,
});
export type Program = z.output<typeof programSchema>;

/** A row of the list: nothing in it is large. */
export const programSummarySchema = programSchema
  .pick({
    id: true,
    title: true,
    titleSource: true,
    revision: true,
    createdAt: true,
    updatedAt: true,
    language: true,
  })
  .extend({
    /** Files beside the main one, and test cases. */
    files: z.number().int(),
    tests: z.number().int(),
    bytes: z.number().int(),
    /** When it will be removed unless it is changed before; `null` is never. */
    expiresAt: z.string().nullable(),
  });
export type ProgramSummary = z.infer<typeof programSummarySchema>;

/** The last changed first. Only `nextCursor: null` is the end: a page of a search may be short, even empty, and others follow. */
export const programPageSchema = z.object({
  programs: z.array(programSummarySchema),
  nextCursor: z.string().nullable(),
});
export type ProgramPage = z.infer<typeof programPageSchema>;

const titleSchema = text({ name: "title" })
  .transform(asLine)
  .superRefine((title, context) => {
    const characters = [...title].length;
    if (characters <= MAX_TITLE_CHARS) return;
    context.addIssue({
      code: "custom",
      message: `\`title\` is ${characters.toLocaleString("en")} characters long; the limit is ${MAX_TITLE_CHARS}. Shorten it.`,
    });
  });

/** A program to be made. Without a title, or with an empty one, it is called by its code. */
export const newProgramSchema = programContentSchema.extend({
  id: programIdSchema.optional(),
  title: titleSchema.optional(),
});
export type NewProgramRequest = z.output<typeof newProgramSchema>;

/** What an owner may change; what is left out stays. An empty title lets it be called by its code again. */
export const programChangeSchema = z
  .object({
    title: titleSchema.optional(),
    language: language.optional(),
    options,
    code: code.optional(),
    files: files.unwrap().optional(),
    stdin: stdin.unwrap().optional(),
    args: programContentSchema.shape.args.unwrap().optional(),
    tests: tests.unwrap().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: "The body changes nothing; send `title`, or what the program is to hold.",
  });
export type ProgramChange = z.output<typeof programChangeSchema>;

const MAX_PAGE_ROWS = 100;

/** `?cursor&limit&language&q`, all optional. */
export const programQuerySchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: z
    .string()
    .transform((value, context) => {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= 1 && number <= MAX_PAGE_ROWS) return number;
      const shown = JSON.stringify(value.slice(0, 100));
      context.addIssue({
        code: "custom",
        message: `\`limit\` is ${shown}; it must be a whole number from 1 to ${MAX_PAGE_ROWS}.`,
      });
      return z.NEVER;
    })
    .optional(),
  language: text({ name: "language" }).max(64).optional(),
  q: text({ name: "q" }).max(200).optional(),
});
export type ProgramQuery = z.output<typeof programQuerySchema>;

const ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
const ID_LENGTH = 22;

/** A new id, by the random source that browsers and Node share. */
export function newProgramId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  return Array.from(bytes, (byte) => ID_LETTERS[byte & 63]).join("");
}
