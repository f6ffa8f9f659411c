import type { Program } from "../../schemas/program";
import { call } from "../api";
import { sameOptions } from "../drafts";
import type { KeptProgram } from "./kept";

/** A program as the server has it. */
export type SavedProgram = Omit<KeptProgram, "dirty" | "stamp" | "at">;

/** What a save is answered with. */
export type Answer = Pick<KeptProgram, "revision" | "title" | "titleSource">;

/** What is sent of a change: only what is other than before. */
export interface SentChange {
  title?: string;
  options?: Record<string, string>;
  code?: string;
  stdin?: string;
  args?: string;
  files?: { path: string; content: string }[];
  tests?: Program["tests"];
}

/** The part of the server that the desk needs; everything rejects with `ApiError`. */
export interface DeskApi {
  get(id: string): Promise<SavedProgram>;
  create(program: KeptProgram, leaving: boolean): Promise<Answer>;
  /** `leaving`: the request must outlive the page. */
  update(id: string, change: SentChange, revision: number, leaving: boolean): Promise<Answer>;
}

/** A browser sends no more than this of a page that is left; what is more stays in its storage and is sent by the next visit. */
const MAX_LEAVING_CHARS = 20_000;

export function sentBetween(before: SavedProgram, after: KeptProgram): SentChange {
  const { options, code, stdin, args, files, tests } = after.content;
  const was = before.content;
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  const retitled =
    after.titleSource === "typed"
      ? after.title !== before.title || before.titleSource !== "typed"
      : before.titleSource === "typed";
  const change: SentChange = {
    ...(retitled ? { title: after.titleSource === "typed" ? after.title : "" } : {}),
    ...(sameOptions(options, was.options) ? {} : { options: { ...options } }),
    ...(code === was.code ? {} : { code }),
    ...(stdin === was.stdin ? {} : { stdin }),
    ...(args === was.args ? {} : { args }),
    ...(differs(files, was.files) ? { files: [...files] } : {}),
    ...(differs(tests, was.tests) ? { tests: [...tests] } : {}),
  };
  // The API refuses an empty change; this one changes nothing either.
  return Object.keys(change).length > 0 ? change : { code };
}

export function savedOf({ createdAt: _, updatedAt: __, ...program }: Program): SavedProgram {
  const { options, code, stdin, args, files, tests, ...rest } = program;
  return { ...rest, content: { ...(options ? { options } : {}), code, stdin, args, files, tests } };
}

/** The server. Saving waits until it is known who asks: the first request of a guest makes the guest. */
export function serverApi(identified: () => Promise<void>): DeskApi {
  return {
    get: async (id) => savedOf(await call("getProgram", { params: { id } })),
    async create({ id, language, title, titleSource, content }, leaving) {
      if (!leaving) await identified();
      const body = {
        ...{ id, language },
        ...(titleSource === "typed" ? { title } : {}),
        ...{ ...content, options: content.options && { ...content.options } },
        ...{ files: [...content.files], tests: [...content.tests] },
      };
      return call("createProgram", { body, keepalive: leaving && small(body) });
    },
    async update(id, change, revision, leaving) {
      if (!leaving) await identified();
      const headers = { "if-match": `"${revision}"` };
      return call("updateProgram", {
        params: { id },
        body: change,
        headers,
        keepalive: leaving && small(change),
      });
    },
  };
}

function small(body: object): boolean {
  return JSON.stringify(body).length <= MAX_LEAVING_CHARS;
}
