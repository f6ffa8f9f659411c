import type { RunFile } from "../../schemas/run";

const HEADER = /\.(?:h|hh|hpp|hxx|h\+\+|inc|ipp|tpp)$/i;
const INCLUDED = /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm;

/**
 * The files that a compiler is to be given, as words of its command: those whose name `is` one of its sources, but for those that
 * another file includes. None can be taken for an option or a list of options.
 */
export function sourcesOf(files: readonly RunFile[], is: RegExp): string[] {
  const included = new Set(
    files.flatMap(({ content }) => [...content.matchAll(INCLUDED)].map(([, name = ""]) => baseName(name))),
  );
  return files
    .map(({ path }) => path)
    .filter((path, index) => index === 0 || (is.test(path) && !included.has(baseName(path))))
    .map((path) => (/^[-@]/.test(path) ? `./${path}` : path));
}

/** Options by which `#include "…"` finds headers from any folder: by their path from the program's folder, or by name. */
export function includeFolders(files: readonly RunFile[]): string[] {
  const folders = files
    .map(({ path }) => path)
    .filter((path) => HEADER.test(path))
    .map((path) => path.split("/").slice(0, -1).join("/"));
  const below = [...new Set(folders)].filter((folder) => folder !== "");
  return files.length > 1 ? [".", ...below].flatMap((folder) => ["-iquote", folder]) : [];
}

function baseName(path: string): string {
  return path.split("/").at(-1) ?? path;
}
