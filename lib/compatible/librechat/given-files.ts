import { MAX_FILES, MAX_FILES_BYTES } from "../../schemas/limits";
import { clashingPaths, filePathSchema } from "../../schemas/path";
import type { RunFile } from "../../schemas/run";
import { text } from "../../schemas/text";
import type { FileRef } from "./schemas";
import type { SessionFiles } from "./session-files";

/** Where LibreChat's own service has a program's files. */
const FOLDER = /^\/mnt\/data\//;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What a program is given of the files that a request names. */
export interface GivenFiles {
  files: RunFile[];
  /** Why some are left out, a line each. */
  notes: string[];
}

/**
 * A client sends all files of its session with each request, also pictures that a program has made. So one that a program cannot be given
 * does not keep it from running. `main` is the name of the program.
 */
export async function givenFiles(
  refs: readonly FileRef[],
  sessions: SessionFiles,
  main: string,
): Promise<GivenFiles> {
  const files: RunFile[] = [];
  const notes: string[] = [];
  const stored = new StoredTexts(sessions);
  let bytes = 0;
  for (const { id, session_id: session, name } of refs) {
    const path = name.replace(FOLDER, "");
    const leaveOut = (why: string) =>
      notes.push(`${name.slice(0, 255)} was not given to the program: ${why}.`);
    if (files.length === MAX_FILES) {
      leaveOut(`a program has at most ${MAX_FILES} files`);
      continue;
    }
    if (!filePathSchema.safeParse(path).success) {
      leaveOut("it cannot have this name");
      continue;
    }
    if (clashingPaths([main, ...files.map((each) => each.path), path])) {
      leaveOut("there is another of this name");
      continue;
    }
    const size = await stored.sizeOf(session, id);
    if (size !== undefined && bytes + size > MAX_FILES_BYTES) {
      leaveOut(`a program's files have at most ${MAX_FILES_BYTES.toLocaleString("en")} bytes`);
      continue;
    }
    const content = size === undefined ? undefined : await stored.contentOf(session, id);
    if (size === undefined || content === undefined) leaveOut("it does not exist, or has expired");
    else if (content === null) leaveOut("it is not text in UTF-8");
    else {
      bytes += size;
      files.push({ path, content });
    }
  }
  return { files, notes };
}

/** The files of sessions, of which each is read once, however often a request names it. */
class StoredTexts {
  readonly #sessions: SessionFiles;
  readonly #sizes = new Map<string, Promise<ReadonlyMap<string, number>>>();
  readonly #contents = new Map<string, Promise<string | null | undefined>>();

  constructor(sessions: SessionFiles) {
    this.#sessions = sessions;
  }

  /** In bytes; `undefined` for what is not there. */
  async sizeOf(session: string, id: string): Promise<number | undefined> {
    const sizes =
      this.#sizes.get(session) ??
      this.#sessions
        .list(session)
        .then((heads) => new Map(heads.map((head) => [head.id, head.size] as const)));
    this.#sizes.set(session, sizes);
    return (await sizes).get(id);
  }

  /** `null` for what is not text, `undefined` for what is not there. */
  contentOf(session: string, id: string): Promise<string | null | undefined> {
    const key = `${session}/${id}`;
    const content =
      this.#contents.get(key) ??
      this.#sessions.find(session, id).then((file) => (file ? textOf(file.bytes) : undefined));
    this.#contents.set(key, content);
    return content;
  }
}

/** `null` for what is not text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const content = decoder.decode(bytes);
    return text({ name: "content" }).safeParse(content).success ? content : null;
  } catch {
    return null;
  }
}
