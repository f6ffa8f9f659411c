// @ts-check
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { SetupProblem } from "../setup/problem.mjs";

/** @import { LanguageInfo } from "../../lib/client/node/types" */

/** @typedef {{ path: string, content: string }} ProgramFile */
/** @typedef {{ language: string, code: string, mainFile?: string, files: ProgramFile[] }} Program */

/** A request has at most so much. What is more than the plan allows, the server says; this only keeps a home folder from being read. */
const MAX_BYTES = 8 * 1_048_576;
/** Folders that belong to a machine rather than to a program. */
const NOT_READ = /^(\..*|node_modules|__pycache__)$/;

/**
 * Reads a program and what lies beside it.
 * @param {readonly string[]} paths the program first; a folder alone has its main file in it
 * @param {{
 *   lang: string | undefined,
 *   languages: () => Promise<LanguageInfo[]>,
 *   readStdin: () => Promise<string>,
 * }} options `languages` is asked only where the language must be found
 * @returns {Promise<Program>}
 */
export async function readProgram([first, ...others], { lang, languages, readStdin }) {
  if (first === undefined) throw new SetupProblem("Which program? Name its file: qs run hello.py");
  if (first === "-") {
    if (lang === undefined) {
      throw new SetupProblem("The program on standard input has no name that says its language.", {
        remedy: ["Say it: qs run --lang python -"],
      });
    }
    return { language: lang, code: await readStdin(), files: readBeside(others, ".") };
  }
  if (statOf(first).isDirectory()) return ofFolder(first, others, { lang, languages: await languages() });
  const language = lang ?? languageOf(first, await languages());
  return {
    language,
    code: readText(first),
    mainFile: path.basename(first),
    files: readBeside(others, path.dirname(first)),
  };
}

/**
 * @param {string} folder
 * @param {readonly string[]} others
 * @param {{ lang: string | undefined, languages: readonly LanguageInfo[] }} options
 * @returns {Program}
 */
function ofFolder(folder, others, { lang, languages }) {
  const wanted = languages.filter(
    ({ id, aliases }) => lang === undefined || id === lang || aliases.includes(lang),
  );
  const names = new Set(readdirSync(folder));
  const found = wanted.find(({ mainFile }) => names.has(mainFile));
  if (!found) {
    const [example = "main.py"] = wanted.map(({ mainFile }) => mainFile);
    throw new SetupProblem(`${folder} has no file that is called as a main file is, such as ${example}.`, {
      remedy: [`Name the file that is to be run, and the folder after it: qs run ${folder}/FILE ${folder}`],
    });
  }
  const main = path.join(folder, found.mainFile);
  const files = readBeside([folder, ...others], folder).filter((file) => file.path !== found.mainFile);
  return { language: lang ?? found.id, code: readText(main), mainFile: found.mainFile, files };
}

/**
 * The language whose files end so; of several the one that the server has first, which is the one that people mean.
 * @param {string} file
 * @param {readonly LanguageInfo[]} languages
 */
export function languageOf(file, languages) {
  const ending = path.extname(file).slice(1).toLowerCase();
  const found =
    languages.find(({ extension }) => extension === ending) ??
    languages.find(({ id, aliases }) => id === ending || aliases.includes(ending));
  if (ending !== "" && found) return found.id;
  const message =
    ending === ""
      ? `${file} has no ending that says its language.`
      : `No language here has files that end with .${ending}.`;
  throw new SetupProblem(message, {
    remedy: [`Say it: qs run --lang python ${file}`, "qs languages lists what there is."],
  });
}

/**
 * Files as they lie beside the program: those in its folder keep their path, others come with their name alone.
 * @param {readonly string[]} paths files and folders
 * @param {string} base the folder of the program
 * @returns {ProgramFile[]}
 */
function readBeside(paths, base) {
  /** @type {Map<string, string>} */
  const files = new Map();
  let bytes = 0;
  for (const given of paths) {
    for (const file of filesOf(given)) {
      const content = readText(file);
      bytes += Buffer.byteLength(content);
      if (bytes > MAX_BYTES) {
        throw new SetupProblem(`The files of ${given} are more than 8 MB together.`, {
          remedy: ["Name those that the program needs."],
        });
      }
      files.set(placeOf(file, given, base), content);
    }
  }
  return [...files].map(([place, content]) => ({ path: place, content }));
}

/** @param {string} given @returns {string[]} */
export function filesOf(given) {
  if (!statOf(given).isDirectory()) return [given];
  return readdirSync(given, { withFileTypes: true })
    .filter(({ name }) => !NOT_READ.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(given, entry.name);
      if (entry.isDirectory()) return filesOf(file);
      return statOf(file).isFile() ? [file] : [];
    });
}

/**
 * @param {string} file
 * @param {string} given the argument that it came by
 * @param {string} base
 */
function placeOf(file, given, base) {
  const inside = path.relative(base, file);
  const place =
    inside.startsWith("..") || path.isAbsolute(inside) ? path.relative(path.dirname(given), file) : inside;
  return place.split(path.sep).join("/");
}

/** @param {string} file */
export function readText(file) {
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
function statOf(file) {
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
