// @ts-check
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { SetupProblem } from "../setup/problem.mjs";

/** A request has at most so much. What is more than the plan allows, the server says; this only keeps a home folder from being read. */
const MAX_BYTES = 8 * 1_048_576;
/** Folders and files that belong to a machine rather than to a program. */
const NOT_READ = /^(\..*|node_modules|__pycache__)$/;

/** @typedef {(message: string) => void} Say what is left out, and why */

/**
 * A file, or all files of a folder. What others have put into a folder decides nothing of what leaves this machine: a link in it is followed
 * only to a file that is read there anyway. A link that is named itself is followed.
 * @param {string} given
 * @param {Say} say
 * @returns {string[]}
 */
export function filesOf(given, say) {
  if (!statOf(given).isDirectory()) return [given];
  return filesIn(given, realpathSync(given), say);
}

/**
 * @param {string} folder
 * @param {string} root where links may lead, without a link in it
 * @param {Say} say
 * @returns {string[]}
 */
function filesIn(folder, root, say) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_READ.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(file, root, say);
      if (!entry.isSymbolicLink()) return entry.isFile() ? [file] : [];
      const problem = linkProblem(file, root);
      if (problem !== null) say(`${file} is left out: ${problem}.`);
      return problem === null && statOf(file).isFile() ? [file] : [];
    });
}

/**
 * Why a file that may be a link is not read; `null` for one that stays in the folder.
 * @param {string} file
 * @param {string} root
 */
export function linkProblem(file, root) {
  let target;
  try {
    target = realpathSync(file);
  } catch {
    return "it is a link to what is not there";
  }
  const inside = path.relative(realpathSync(root), target);
  const parts = inside.split(path.sep);
  if (parts[0] === ".." || path.isAbsolute(inside)) return "it is a link that leads out of the folder";
  return parts.some((part) => NOT_READ.test(part)) ? "it is a link to what is not read" : null;
}

/**
 * Texts of files, whose sizes are added up before any is read.
 * @param {readonly string[]} files
 * @returns {{ path: string, text: string }[]}
 */
export function readTexts(files) {
  let bytes = 0;
  for (const file of files) {
    bytes += statOf(file).size;
    if (bytes > MAX_BYTES) {
      throw new SetupProblem(`With ${file} the files are more than 8 MB together.`, {
        remedy: ["Name those that the program needs."],
      });
    }
  }
  return files.map((file) => ({ path: file, text: readText(file) }));
}

/** @param {string} file */
function readText(file) {
  const bytes = contentOf(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SetupProblem(`${file} is not text; a program's files are text in UTF-8.`, {
      remedy: ["Leave it out, or save it as UTF-8."],
    });
  }
}

/** @param {string} file */
function contentOf(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** @param {string} file */
export function statOf(file) {
  try {
    return statSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** @param {string} file @param {unknown} error */
function unreadable(file, error) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const why =
    code === "ENOENT"
      ? "is not there"
      : code === "EACCES"
        ? "may not be read by you"
        : `cannot be read (${code})`;
  return new SetupProblem(`${file} ${why}.`, { cause: error });
}
