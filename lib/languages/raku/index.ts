import type { Language } from "../language";

export const raku: Language = {
  id: "raku",
  name: "Raku",
  version: "6.d",
  versionCommand: ["raku", "--version"],
  aliases: ["rakudo", "perl6"],
  extension: "raku",
  mainFile: "main.raku",
  editor: "raku",
  image: { folder: "raku" },
  core: false,
  // A module is compiled by a second process while the first waits: together they need more than a program may have.
  compile: ({ files }) => ["sh", "-c", files.length > 1 ? "exec raku -I. -c main.raku >/dev/null" : ":"],
  limits: { compile: { memoryBytes: 512 * 1_048_576 } },
  run: ["raku", "-I.", "main.raku"],
  repl: ["raku"],
};
