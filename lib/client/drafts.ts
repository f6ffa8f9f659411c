import * as z from "zod";
import type { RunDetail } from "../schemas/history";
import type { RunFile } from "../schemas/run";
import { joinArgs } from "./args";
import type { TextStorage } from "./storage";

/** What a person is working on in one language. Arguments are kept as typed, not as split. */
export interface Draft {
  code: string;
  stdin: string;
  args: string;
  /** Files beside the main one. They come with a run that is taken up again. */
  files: readonly RunFile[];
}

const storedSchema = z.object({
  v: z.literal(1),
  code: z.string(),
  stdin: z.string(),
  args: z.string(),
  // Drafts of before there were files have none.
  files: z.array(z.object({ path: z.string(), content: z.string() })).default([]),
});

/** One key for each language, so that two tabs that write different languages cannot overwrite each other. */
const PREFIX = "quicksand:draft:";

/** The language whose draft a storage event is about, or `null` when it is about something else. */
export function draftLanguage(key: string | null): string | null {
  return key?.startsWith(PREFIX) ? key.slice(PREFIX.length) : null;
}

/** A stored draft, or `null` when the text is not one: a broken or foreign entry must not break the page. */
export function parseDraft(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const parsed = storedSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { code, stdin, args, files } = parsed.data;
    return { code, stdin, args, files };
  } catch {
    return null;
  }
}

export interface Drafts {
  /** The draft of a language, or `null` when there is none yet. */
  load(language: string): Draft | null;
  /** False when it is kept only until the page is closed. */
  save(language: string, draft: Draft): boolean;
}

export function createDrafts(storage: TextStorage): Drafts {
  return {
    load: (language) => parseDraft(storage.get(PREFIX + language)),
    save: (language, draft) => storage.set(PREFIX + language, JSON.stringify({ v: 1, ...draft })),
  };
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return a.code === b.code && a.stdin === b.stdin && a.args === b.args && sameFiles(a.files, b.files);
}

function sameFiles(a: Draft["files"], b: Draft["files"]): boolean {
  return (
    a.length === b.length &&
    a.every((file, at) => file.path === b[at]?.path && file.content === b[at]?.content)
  );
}

/** The draft that a kept run was made from. */
export function draftOf({ request }: Pick<RunDetail, "request">): Draft {
  return {
    code: request.code,
    stdin: request.stdin,
    args: joinArgs(request.args),
    files: request.files,
  };
}
