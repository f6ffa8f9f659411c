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
  let bytes = 0;
  for (const { id, session_id: session, name } of refs) {
    const path = name.replace(FOLDER, "");
    const leaveOut = (why: string) =>
      notes.push(`${name.slice(0, 255)} was not given to the program: ${why}.`);
    if (files.length === MAX_FILES) {
      leaveOut(`a program has at most ${MAX_FILES} files`);
      continue;
    }
    const file = await sessions.find(session, id);
    const content = file && contentOf(file.bytes);
    if (!file) leaveOut("it does not exist, or has expired");
    else if (!filePathSchema.safeParse(path).success) leaveOut("it cannot have this name");
    else if (clashingPaths([main, ...files.map((each) => each.path), path]))
      leaveOut("there is another of this name");
    else if (content === null || content === undefined) leaveOut("it is not text in UTF-8");
    else if (bytes + file.bytes.byteLength > MAX_FILES_BYTES)
      leaveOut(`a program's files have at most ${MAX_FILES_BYTES.toLocaleString("en")} bytes`);
    else {
      bytes += file.bytes.byteLength;
      files.push({ path, content });
    }
  }
  return { files, notes };
}

/** `null` for what is not text. */
function contentOf(bytes: Uint8Array): string | null {
  try {
    const content = decoder.decode(bytes);
    return text({ name: "content" }).safeParse(content).success ? content : null;
  } catch {
    return null;
  }
}
