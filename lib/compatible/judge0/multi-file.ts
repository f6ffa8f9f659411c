import type { RunFile } from "../../schemas/run";

/** The script that compiles, and the one that runs, by the names that Judge0 looks for, in its order. */
const COMPILE = ["compile.sh", "compile"];
const RUN = ["run.sh", "run"];

/** What the generated script prints, alone, when the program's own `compile` fails. A program that prints it only deceives itself. */
export function compileFailed(token: string): string {
  return `[compilation of ${token} failed]`;
}

/**
 * The main script of a multi-file program, which Judge0 has none for: it runs the program's own `compile` and then its `run`. `null` where
 * there is no `run`.
 */
export function mainScript(files: readonly RunFile[], token: string): string | null {
  const named = (names: readonly string[]) => names.find((name) => files.some(({ path }) => path === name));
  const run = named(RUN);
  const compile = named(COMPILE);
  if (run === undefined) return null;
  const lines = [`exec bash ./${run}`];
  if (compile !== undefined) {
    lines.unshift(
      `if ! bash ./${compile} >.compile_output 2>&1 </dev/null; then`,
      "  cat .compile_output >&2",
      `  printf %s '${compileFailed(token)}'`,
      "  exit 1",
      "fi",
      "rm -f .compile_output",
    );
  }
  return `${lines.join("\n")}\n`;
}
