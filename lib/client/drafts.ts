import * as z from "zod";
import type { RunDetail } from "../schemas/history";
import type { LanguageInfo } from "../schemas/language";
import { type ChosenOptions, changedOptions } from "../schemas/language-options";
import type { RunFile, RunTest } from "../schemas/run";
import { keptTestsSchema } from "../schemas/run-test";
import { joinArgs } from "./args";
import type { TextStorage } from "./storage";
import { testKey } from "./test-key";

/** The program being edited in one language. Arguments are stored as typed, not split. */
export interface Draft {
  /** What was chosen of the language's options, other than the defaults; left out where that is nothing. */
  options?: ChosenOptions | undefined;
  code: string;
  stdin: string;
  args: string;
  /** Files besides the main one, from a restored run. */
  files: readonly RunFile[];
  tests: readonly RunTest[];
}

const storedSchema = z.object({
  v: z.literal(1),
  code: z.string(),
  stdin: z.string(),
  args: z.string(),
  // Older drafts have no files.
  files: z.array(z.object({ path: z.string(), content: z.string() })).default([]),
  // Nor tests; and a broken one must not cost the program.
  tests: keptTestsSchema.catch([]).default([]),
});

/** One key per language: where versions without programs kept what was typed. */
const PREFIX = "quicksand:draft:";

/** The storage keys of a language's draft, as versions without programs wrote it. */
export function draftKeys(storage: Pick<TextStorage, "get">, language: string): string[] {
  return storage.get(PREFIX + language) === null ? [] : [PREFIX + language];
}

/** Parses a stored draft; `null` for anything else, so that a broken entry does not break the page. */
export function parseDraft(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const parsed = storedSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { code, stdin, args, files, tests } = parsed.data;
    return { code, stdin, args, files, tests };
  } catch {
    return null;
  }
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return (
    a.code === b.code &&
    a.stdin === b.stdin &&
    a.args === b.args &&
    sameOptions(a.options, b.options) &&
    sameFiles(a.files, b.files) &&
    sameTests(a.tests, b.tests)
  );
}

/** Whether two choices are the same, in whatever order they were made. */
export function sameOptions(a: ChosenOptions = {}, b: ChosenOptions = {}): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id]);
}

function sameFiles(a: Draft["files"], b: Draft["files"]): boolean {
  return (
    a.length === b.length &&
    a.every((file, at) => file.path === b[at]?.path && file.content === b[at]?.content)
  );
}

function sameTests(a: Draft["tests"], b: Draft["tests"]): boolean {
  return (
    a.length === b.length &&
    a.every((test, at) => {
      const other = b[at];
      return other !== undefined && test.name === other.name && testKey(test) === testKey(other);
    })
  );
}

/** A language's sample program as a draft. */
export function sampleDraft({ sample }: LanguageInfo): Draft {
  return { code: sample.code, stdin: sample.stdin, args: "", files: [], tests: [] };
}

/** A draft without options that its language does not have (any more): no run and no program could be sent with them. */
export function knownDraft(draft: Draft, { options }: Pick<LanguageInfo, "options">): Draft {
  const known = changedOptions(options, draft.options);
  return sameOptions(known, draft.options) ? draft : { ...draft, options: known };
}

/** The draft that a stored run was made from. */
export function draftOf({ request }: Pick<RunDetail, "request">): Draft {
  return {
    ...(request.options ? { options: request.options } : {}),
    code: request.code,
    stdin: request.stdin,
    args: joinArgs(request.args),
    files: request.files,
    tests: request.tests,
  };
}
