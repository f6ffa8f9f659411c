import type { RunFile } from "../../schemas/run";
import { sourcesOf } from "../c/sources";

const SOURCE = /\.(?:f|for|f77|f90|f95|f03|f08|f18)$/i;
const MODULE =
  /^[ \t]*(?:submodule[ \t]*\([^)\n]*\)[ \t]*|module[ \t]+(?!(?:procedure|subroutine|function)\b))(\w+)/gim;
const USE = /^[ \t]*(?:use(?:[ \t]*,[ \t]*\w+[ \t]*::|[ \t]*::)?[ \t]+|submodule[ \t]*\([ \t]*)(\w+)/gim;

/** The sources as words of the compiler's command, each behind those whose modules it uses: gfortran reads them in that order. */
export function orderedSources(files: readonly RunFile[]): string[] {
  const sources = files.filter(({ path }, index) => index === 0 || SOURCE.test(path));
  const makers = new Map(
    sources.flatMap((file) => namesIn(file, MODULE).map((name) => [name, file] as const)),
  );
  const ordered = new Set<RunFile>();
  const begun = new Set<RunFile>();
  const visit = (file: RunFile) => {
    // Modules that use each other are the compiler's to complain about.
    if (begun.has(file)) return;
    begun.add(file);
    for (const name of namesIn(file, USE)) {
      const maker = makers.get(name);
      if (maker) visit(maker);
    }
    ordered.add(file);
  };
  for (const file of sources) visit(file);
  return [...ordered].flatMap((file) => sourcesOf([file], SOURCE));
}

function namesIn({ content }: RunFile, what: RegExp): string[] {
  return [...content.matchAll(what)].map(([, name = ""]) => name.toLowerCase());
}
