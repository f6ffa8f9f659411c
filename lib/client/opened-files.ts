import { MAX_CODE_BYTES, MAX_FILES_BYTES } from "../schemas/limits";
import { pathProblem } from "../schemas/path";
import type { RunFile } from "../schemas/run";
import { formatBytes } from "./format";
import { freeName, type ProgramFiles } from "./program-files";
import { toLf } from "./typed-input";

/** A file as it was dropped or chosen. */
export interface GivenFile {
  /** With its folders, if it was given with some. */
  path: string;
  bytes: number;
  read: () => Promise<Uint8Array>;
}

export interface Refused {
  path: string;
  /** Completes "NAME …". */
  why: string;
}

export interface Opened {
  files: RunFile[];
  refused: Refused[];
}

/** Files that tools and systems leave in a folder and that are not part of the program. */
const BESIDE_THE_PROGRAM =
  /(^|\/)(\.git|\.hg|\.svn|\.venv|\.idea|\.vscode|node_modules|__pycache__|__MACOSX|\.DS_Store|Thumbs\.db)(\/|$)/;
const ZIP = /\.zip$/i;
/** More than all files of a program can have, compressed or not. */
const MAX_ZIP_BYTES = 4 * MAX_FILES_BYTES;

/** As many as of a folder that is dropped; the names alone of an endless zip would keep the page busy. */
const MAX_ZIP_FILES = 500;

/** Reads what was given as text. A zip counts as the files in it. What is not text, or too large, is refused with words. */
export async function openFiles(given: readonly GivenFile[]): Promise<Opened> {
  const opened: Opened = { files: [], refused: [] };
  for (const { path, bytes, read } of given) {
    if (BESIDE_THE_PROGRAM.test(path)) continue;
    const limit = ZIP.test(path) ? MAX_ZIP_BYTES : MAX_FILES_BYTES;
    if (bytes > limit) {
      opened.refused.push({ path, why: tooLarge(bytes, limit) });
    } else if (ZIP.test(path)) {
      await openZip(path, await read(), opened);
    } else {
      take(path, await read(), opened);
    }
  }
  return { ...opened, files: withoutCommonFolder(opened.files) };
}

function take(path: string, bytes: Uint8Array, { files, refused }: Opened): void {
  const text = decode(bytes);
  const problem = pathProblem(path);
  if (problem) refused.push({ path, why: `has a name that ${problem}` });
  else if (text === null) refused.push({ path, why: "is not text; a program's files are text in UTF-8" });
  else files.push({ path, content: toLf(text) });
}

/** The text of the bytes; `null` when they are none: not UTF-8, or with a NUL, which no text has. */
export function decode(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Sizes are looked at before anything is unpacked: a small zip can hold gigabytes. */
async function openZip(zip: string, bytes: Uint8Array, opened: Opened): Promise<void> {
  const { unzipSync } = await import("fflate");
  let left = MAX_FILES_BYTES + MAX_CODE_BYTES;
  let seen = 0;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/") || BESIDE_THE_PROGRAM.test(name)) return false;
        seen += 1;
        if (seen > MAX_ZIP_FILES) return false;
        if (originalSize > left) {
          opened.refused.push({ path: name, why: tooLarge(originalSize, left) });
          return false;
        }
        left -= originalSize;
        return true;
      },
    });
    for (const [name, content] of Object.entries(entries)) take(name, content, opened);
    if (seen > MAX_ZIP_FILES) {
      opened.refused.push({
        path: zip,
        why: `holds more than ${MAX_ZIP_FILES} files; the others were left out`,
      });
    }
  } catch {
    opened.refused.push({
      path: zip,
      why: "cannot be unpacked; it is damaged or of a kind that is not known",
    });
  }
}

function tooLarge(bytes: number, limit: number): string {
  return `is too large: ${formatBytes(bytes)}, and there is room for ${formatBytes(limit)}`;
}

/** A folder that everything is in is only the wrapping. */
function withoutCommonFolder(files: RunFile[]): RunFile[] {
  const folder = /^[^/]+\//.exec(files[0]?.path ?? "")?.[0];
  if (folder === undefined || !files.every(({ path }) => path.startsWith(folder))) return files;
  return withoutCommonFolder(files.map((file) => ({ ...file, path: file.path.slice(folder.length) })));
}

export interface Content {
  code: string;
  files: ProgramFiles;
}

/** What to do with files whose names are taken. */
export type SameName = "replace" | "keep both";

/** Puts files into a program; the one that is named like its main file becomes that. */
export function putInto(
  program: Content,
  mainFile: string,
  given: readonly RunFile[],
  same: SameName,
): Content {
  let { code } = program;
  const files = [...program.files];
  for (const { path, content } of given) {
    const at = files.findIndex((file) => file.path === path);
    if (path !== mainFile && at === -1) {
      files.push({ path, content });
    } else if (same === "keep both") {
      files.push({ path: freeName(path, [mainFile, ...files.map((file) => file.path)]), content });
    } else if (path === mainFile) {
      code = content;
    } else {
      files[at] = { path, content };
    }
  }
  return { code, files };
}
