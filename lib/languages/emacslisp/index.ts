import type { Language } from "../language";

export const emacslisp: Language = {
  id: "emacslisp",
  name: "Emacs Lisp",
  version: "Emacs 30.1",
  versionCommand: ["emacs", "--version"],
  aliases: ["elisp", "emacs", "el", "emacs-lisp"],
  extension: "el",
  mainFile: "main.el",
  editor: "emacslisp",
  image: { folder: "emacslisp" },
  core: false,
  // Output line by line, as at a terminal.
  run: ["stdbuf", "-oL", "emacs", "-Q", "--script", "main.el"],
  repl: ["emacs", "-Q", "-nw", "-f", "ielm"],
};
