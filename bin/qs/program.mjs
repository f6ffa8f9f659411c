// @ts-check
import { readdirSync } from "node:fs";
import path from "node:path";
import { SetupProblem } from "../setup/problem.mjs";
import { filesOf, linkProblem, readTexts, statOf } from "./files.mjs";

/** @import { LanguageInfo } from "../../lib/client/node/types" */

/** @import { Say } from "./files.mjs" */

/** @typedef {{ path: string, content: string }} ProgramFile */
/** @typedef {{ language: string, code: string, mainFile?: string, files: ProgramFile[] }} Program */

/**
 * Reads a program and what lies beside it.
 * @param {readonly string[]} paths the program first; a folder alone has its main file in it
 * @param {{
 *   lang: string | undefined,
 *   languages: () => Promise<LanguageInfo[]>,
 *   readStdin: () => Promise<string>,
 *   say: Say,
 * }} options `languages` is asked only where the language must be found
 * @returns {Promise<Program>}
 */
export async function readProgram([first, ...others], { lang, languages, readStdin, say }) {
  if (first === undefined) throw new SetupProblem("Which program? Name its file: qs run hello.py");
  if (first === "-") {
    if (lang === undefined) {
      throw new SetupProblem("The program on standard input has no name that says its language.", {
        remedy: ["Say it: qs run --lang python -"],
      });
    }
    return { language: lang, code: await readStdin(), files: readBeside(others, ".", say) };
  }
  if (statOf(first).isDirectory())
    return ofFolder(first, others, { lang, languages: await languages(), say });
  const language = lang ?? languageOf(first, await languages());
  return {
    language,
    code: codeOf(first),
    mainFile: path.basename(first),
    files: readBeside(others, path.dirname(first), say),
  };
}

/**
 * @param {string} folder
 * @param {readonly string[]} others
 * @param {{ lang: string | undefined, languages: readonly LanguageInfo[], say: Say }} options
 * @returns {Program}
 */
function ofFolder(folder, others, { lang, languages, say }) {
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
  const problem = linkProblem(main, folder);
  if (problem !== null) {
    throw new SetupProblem(`${main} is not run with its folder: ${problem}.`, {
      remedy: [`If it is what you want to send, name it: qs run ${main} ${folder}`],
    });
  }
  const files = readBeside([folder, ...others], folder, say).filter((file) => file.path !== found.mainFile);
  return { language: lang ?? found.id, code: codeOf(main), mainFile: found.mainFile, files };
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
 * @param {Say} say
 * @returns {ProgramFile[]}
 */
function readBeside(paths, base, say) {
  const found = paths.flatMap((given) => filesOf(given, say).map((file) => ({ file, given })));
  const texts = readTexts(found.map(({ file }) => file));
  const files = new Map(
    found.map(({ file, given }, at) => [placeOf(file, given, base), texts[at]?.text ?? ""]),
  );
  return [...files].map(([place, content]) => ({ path: place, content }));
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
function codeOf(file) {
  return readTexts([file])[0]?.text ?? "";
}
