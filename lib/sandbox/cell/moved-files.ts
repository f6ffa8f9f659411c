import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import type { StepFile } from "../cell";
import { encodeLine } from "../container/supervisor-protocol";

/** A file that is no short text costs the supervisor the start of a process; unpacking costs a step and three of them. */
const MAX_PROCESSES = 3;

/** A name without a folder, all of it UTF-8. */
const PLAIN_NAME = /^(?!\.{1,2}$)[^/\ufffd]+$/;

/** What a new file's mode says of whether it can be run. */
const EXECUTABLE = new Map([
  [0o644, false],
  [0o755, true],
]);

/**
 * The files of a tar that a compiler's cell has packed, for the program's first step to begin with, the oldest first: some compilers' programs
 * compare times. `null` where they are not a few plain files, and have to be unpacked.
 */
export async function movedFiles(tar: Buffer): Promise<StepFile[] | null> {
  const files: (StepFile & { modifiedMs: number })[] = [];
  let processes = 0;
  const entries = extract();
  entries.end(tar);
  try {
    for await (const entry of entries) {
      const { name, type, mode = 0, mtime } = entry.header;
      if (type === "directory" && name === "./") {
        entry.resume();
        continue;
      }
      const path = name.replace(/^\.\//, "");
      const content = await buffer(entry);
      const executable = EXECUTABLE.get(mode);
      if (content.length > 0 && encodeLine(content) === null) processes++;
      if (type !== "file" || !PLAIN_NAME.test(path) || executable === undefined || processes > MAX_PROCESSES)
        return null;
      files.push({ path, content, executable, modifiedMs: mtime?.getTime() ?? 0 });
    }
  } catch {
    // Something else than tar has written there, which what runs at compile time can.
    return null;
  }
  return files
    .sort((one, other) => one.modifiedMs - other.modifiedMs)
    .map(({ modifiedMs: _, ...file }) => file);
}
