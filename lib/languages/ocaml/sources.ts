import type { RunFile } from "../../schemas/run";

const SOURCE = /^(?<folders>(?:.*\/)?)(?<module>[A-Za-z][\w']*)\.mli?$/;

/**
 * The files for the compiler, which must know a module before it meets one that uses it. Which one uses which is guessed by its name, as
 * OCaml's own tool does it; the main file comes last, and an interface before what keeps it.
 */
export function inOrder([main, ...others]: readonly RunFile[]): string[] {
  const sources = others
    .filter(({ path }) => SOURCE.test(path))
    .sort((a, b) => Number(b.path.endsWith(".mli")) - Number(a.path.endsWith(".mli")));
  const ordered = new Set<RunFile>();
  const begun = new Set<RunFile>();
  const visit = (file: RunFile) => {
    if (begun.has(file)) return;
    begun.add(file);
    const words = new Set(file.content.match(/\b[A-Z]\w*/g) ?? []);
    for (const other of sources) {
      if (
        words.has(moduleOf(other)) ||
        (moduleOf(other) === moduleOf(file) && other.path === `${file.path}i`)
      )
        visit(other);
    }
    ordered.add(file);
  };
  for (const source of sources) visit(source);
  const paths = [...ordered].map(({ path }) => path);
  return main ? [...paths, main.path] : paths;
}

/** Folders in which the compiler is to look for what it has made of the modules. */
export function folders(files: readonly RunFile[]): string[] {
  const found = files
    .map(({ path }) => SOURCE.exec(path)?.groups?.folders?.replace(/\/$/, "") ?? "")
    .filter((folder) => folder !== "");
  return [...new Set(found)].flatMap((folder) => ["-I", folder]);
}

function moduleOf({ path }: RunFile): string {
  const name = SOURCE.exec(path)?.groups?.module ?? "";
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
