import { Unzip, UnzipInflate } from "fflate";
import { MAX_FILES, MAX_FILES_BYTES } from "../../schemas/limits";
import { pathProblem } from "../../schemas/path";
import type { RunFile } from "../../schemas/run";
import { MAX_EXTRACT_KB } from "./asked";
import { base64Chars } from "./base64";

/** How much of a zip is unpacked at a time: at most about a thousand times as much comes out, and is counted then. */
const PIECE_BYTES = 4_096;
/** It is kept with its run. What it holds is far less; this is for the names and padding of one that was made to be large. */
const MAX_ZIP_BYTES = 2 * 1_048_576;
/** What is unpacked takes time for each entry, a folder too. So many are more than those of `MAX_FILES` files deep in folders. */
const MAX_FOLDERS = 1_000;

const TOO_LARGE = `is too large (maximum is ${MAX_ZIP_BYTES} bytes)`;
const NO_ZIP = "is not a valid zip archive";

/** Why a zip is not taken, in words that follow the name of its field. */
export class ZipProblem extends Error {}

interface Entry {
  path: string;
  parts: Uint8Array[];
  ended: boolean;
}

/**
 * The files of a zip in base64. It is unpacked in memory, in pieces that are counted as they come, since what a zip says of its sizes may be a
 * lie. Throws `ZipProblem`.
 */
export function filesOf(base64: string): RunFile[] {
  // Before it is decoded, which also skips whatever is no base64.
  if (base64.length > base64Chars(MAX_ZIP_BYTES)) throw new ZipProblem(TOO_LARGE);
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MAX_ZIP_BYTES) throw new ZipProblem(TOO_LARGE);
  return unpacked(bytes).map(({ path, parts }) => {
    const problem = pathProblem(path);
    if (problem) throw new ZipProblem(`has a file whose path ${problem}`);
    return { path, content: textOf(path, Buffer.concat(parts)) };
  });
}

function unpacked(bytes: Uint8Array): Entry[] {
  const entries: Entry[] = [];
  let total = 0;
  // Not thrown where it is found: the library would call the same function again with it.
  let problem: string | null = null;
  let folders = 0;
  const archive = new Unzip((file) => {
    if (problem !== null) return;
    // Folders are made by what is in them.
    if (file.name.endsWith("/")) {
      folders += 1;
      if (folders > MAX_FOLDERS) problem = `has too many folders (maximum is ${MAX_FOLDERS})`;
      return;
    }
    if (entries.length === MAX_FILES) {
      problem = `has too many files (maximum is ${MAX_FILES})`;
      return;
    }
    const entry: Entry = { path: file.name, parts: [], ended: false };
    entries.push(entry);
    file.ondata = (error, chunk, final) => {
      if (problem !== null) return;
      if (error) {
        problem = NO_ZIP;
        return;
      }
      total += chunk.length;
      if (total > MAX_EXTRACT_KB * 1_024)
        problem = `is too large when extracted (maximum is ${MAX_EXTRACT_KB} kilobytes)`;
      entry.parts.push(chunk);
      entry.ended = final;
    };
    file.start();
  });
  archive.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && problem === null; at += PIECE_BYTES) {
      archive.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch {
    problem ??= NO_ZIP;
  }
  if (entries.length === 0 || entries.some(({ ended }) => !ended)) problem ??= NO_ZIP;
  if (problem !== null) throw new ZipProblem(problem);
  if (total > MAX_FILES_BYTES)
    throw new ZipProblem(`is too large when extracted here (maximum is ${MAX_FILES_BYTES} bytes)`);
  return entries;
}

function textOf(path: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Said below.
  }
  throw new ZipProblem(`has a file that is not text: ${path.slice(0, 100)} (only UTF-8 text is taken here)`);
}
