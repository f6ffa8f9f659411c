import type { Language } from "../language";

export const forth: Language = {
  id: "forth",
  name: "Forth",
  version: "Gforth 0.7",
  // Gforth's own `--version` goes to standard error.
  versionCommand: ["gforth", "-e", "version-string type cr bye"],
  aliases: ["gforth"],
  extension: "fs",
  mainFile: "main.fs",
  editor: "forth",
  image: { folder: "forth" },
  core: false,
  // Output line by line, as at a terminal. Without `bye` Gforth would go on and take the program's input for commands.
  run: ["stdbuf", "-oL", "gforth", "main.fs", "-e", "bye"],
  repl: ["gforth"],
};
