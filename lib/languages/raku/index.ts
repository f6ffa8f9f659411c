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
  run: ["raku", "-I.", "main.raku"],
  repl: ["raku"],
};
