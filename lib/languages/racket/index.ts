import type { Language } from "../language";

export const racket: Language = {
  id: "racket",
  name: "Racket",
  version: "8.16",
  versionCommand: ["racket", "--version"],
  aliases: ["rkt"],
  extension: "rkt",
  mainFile: "main.rkt",
  editor: "racket",
  image: { folder: "racket" },
  core: false,
  // Compiled first, with the modules beside it: the run then needs neither the expander nor the compiler in its memory.
  compile: ["raco", "make", "main.rkt"],
  // What is required first in our image has output written line by line, as at a terminal.
  run: ({ ownImage }) => [
    "racket",
    ...(ownImage ? ["-t", "/usr/lib/quicksand/output.rkt"] : []),
    ...["-u", "main.rkt"],
  ],
  repl: ["racket", "-I", "racket/base", "-i"],
  limits: { compile: { memoryBytes: 536_870_912 } },
};
