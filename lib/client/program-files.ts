import { MAX_CODE_BYTES, MAX_FILES, MAX_FILES_BYTES, MAX_PATH_BYTES } from "../schemas/limits";
import { clashingPaths, pathProblem } from "../schemas/path";
import type { RunFile } from "../schemas/run";
import { utf8Bytes } from "../schemas/text";
import { formatBytes } from "./format";

/** The files of a program beside its main one, in the order of their tabs. */
export type ProgramFiles = readonly RunFile[];

/** Why a file cannot have this name beside the others, as a sentence; `null` when it can. */
export function nameProblem(name: string, others: readonly string[]): string | null {
  const problem = pathProblem(name);
  if (problem) return `The name ${problem}.`;
  const bytes = utf8Bytes(name);
  if (bytes > MAX_PATH_BYTES) return `The name has ${bytes} bytes; at most ${MAX_PATH_BYTES} are possible.`;
  if (others.includes(name)) return "There is a file of this name; choose another.";
  const clash = clashingPaths([...others, name]);
  return clash === null ? null : "A file and a folder cannot have the same name; choose another.";
}

/** Why the program is too large to run, as a sentence; `null` when it is not. */
export function sizeProblem(mainFile: string, code: string, files: ProgramFiles): string | null {
  if (files.length > MAX_FILES)
    return `${files.length} files beside ${mainFile}; at most ${MAX_FILES} are possible.`;
  const main = utf8Bytes(code);
  if (main > MAX_CODE_BYTES) {
    return `${mainFile} has ${formatBytes(main)}; at most ${formatBytes(MAX_CODE_BYTES)} are possible.`;
  }
  const beside = files.reduce((sum, { content }) => sum + utf8Bytes(content), 0);
  if (beside <= MAX_FILES_BYTES) return null;
  return `The files beside ${mainFile} have ${formatBytes(beside)}; at most ${formatBytes(MAX_FILES_BYTES)} are possible.`;
}

/** The name itself where it is free, else the first free one like it: `data.txt`, `data-2.txt`, `data-3.txt`. */
export function freeName(name: string, taken: readonly string[]): string {
  const dot = name.lastIndexOf(".");
  const end = dot > name.lastIndexOf("/") + 1 ? dot : name.length;
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${name.slice(0, end)}-${count}${name.slice(end)}`;
    if (!taken.includes(free)) return free;
  }
}

export function withContent(files: ProgramFiles, path: string, content: string): ProgramFiles {
  return files.map((file) => (file.path === path ? { path, content } : file));
}

export function renamed(files: ProgramFiles, path: string, name: string): ProgramFiles {
  return files.map((file) => (file.path === path ? { ...file, path: name } : file));
}

/** The file at another place among the others; beyond the ends it stays at the end. */
export function moved(files: ProgramFiles, path: string, to: number): ProgramFiles {
  const file = files.find((one) => one.path === path);
  if (!file) return files;
  const others = files.filter((one) => one !== file);
  const at = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, at), file, ...others.slice(at)];
}

export function withFile(files: ProgramFiles, file: RunFile, at: number): ProgramFiles {
  return moved([...files.filter(({ path }) => path !== file.path), file], file.path, at);
}
