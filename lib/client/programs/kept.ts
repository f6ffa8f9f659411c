import * as z from "zod";
import { titleSourceSchema } from "../../schemas/program";
import { type Draft, sameDraft } from "../drafts";

/** A program as a browser keeps it, whether the server has it or not. */
export interface KeptProgram {
  id: string;
  language: string;
  title: string;
  titleSource: "derived" | "typed";
  content: Draft;
  /** The revision of the server's that this was made from; 0 while the server has none. */
  revision: number;
  /** The server is to get something of it. Not so of a program that was only opened: nothing was typed in it. */
  dirty: boolean;
  /** Another with each writing, so that one tab notices that another has written. */
  stamp: string;
  /** When it was last written, in milliseconds since 1970. */
  at: number;
}

const keptSchema = z.object({
  v: z.literal(1),
  id: z.string().min(1),
  language: z.string().min(1),
  title: z.string(),
  titleSource: titleSourceSchema,
  options: z.record(z.string(), z.string()).optional(),
  code: z.string(),
  stdin: z.string(),
  args: z.string(),
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  // What a test is, is the server's to check; here it is only kept.
  tests: z.array(z.looseObject({ stdin: z.string(), expected: z.string() })).catch([]),
  revision: z.number().int().min(0),
  dirty: z.boolean(),
  stamp: z.string(),
  at: z.number(),
});

/** Parses a stored program; `null` for anything else, so that a broken entry does not break the page. */
export function parseKept(text: string | null): KeptProgram | null {
  if (!text) return null;
  try {
    const parsed = keptSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { v: _, options, code, stdin, args, files, tests: kept, ...rest } = parsed.data;
    const tests = kept as unknown as Draft["tests"];
    return { ...rest, content: { ...(options ? { options } : {}), code, stdin, args, files, tests } };
  } catch {
    return null;
  }
}

export function keptText({ content, ...rest }: KeptProgram): string {
  return JSON.stringify({ v: 1, ...rest, ...content });
}

/** Whether two say the same, whatever revision they are. */
export function sameText(
  a: Pick<KeptProgram, "language" | "content">,
  b: Pick<KeptProgram, "language" | "content">,
): boolean {
  return a.language === b.language && sameDraft(a.content, b.content);
}
