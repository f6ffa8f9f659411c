import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import type { Language } from "../language";

const OPTIONS: readonly LanguageOption[] = [
  {
    id: "optimization",
    name: "Optimisation",
    default: "o2",
    values: ["0", "1", "2", "3"].map((level) => ({
      id: `o${level}`,
      label: `-O${level}`,
      flags: [`-O${level}`],
    })),
  },
];

/** What `guild compile` does, a command of another package that brings a C compiler along. Its argument is the level. */
const COMPILE = `(use-modules (system base compile))
(compile-file "main.scm" #:output-file "main.go" #:warning-level 1
  #:optimization-level (string->number (substring (cadr (command-line)) 2)))`;

/** Guile, compiled first: what is not compiled runs many times slower, and its messages name no lines. */
export const scheme: Language = {
  id: "scheme",
  name: "Scheme",
  version: "Guile 3.0",
  options: OPTIONS,
  versionCommand: ["guile", "--version"],
  aliases: ["guile", "scm"],
  extension: "scm",
  mainFile: "main.scm",
  editor: "scheme",
  image: { folder: "scheme" },
  core: false,
  compile: ({ options }) => [
    ...["guile", "--no-auto-compile", "-L", ".", "-c", COMPILE],
    ...flagsOf(OPTIONS, "optimization", options),
  ],
  run: [
    ...["guile", "--no-auto-compile", "-L", ".", "-c"],
    `(setvbuf (current-output-port) 'line) (load-compiled "main.go")`,
  ],
  repl: ["guile", "--no-auto-compile", "-L", "."],
  // The garbage collector would start a thread for each processor of the host.
  env: { GC_NPROCS: "1", GC_MARKERS: "1" },
  limits: { compile: { memoryBytes: 268_435_456 } },
};
