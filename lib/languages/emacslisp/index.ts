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
  // Output line by line, as at a terminal. What led to an error goes to standard output unless the debugger tells it.
  run: [
    ...["stdbuf", "-oL", "emacs", "-Q", "--batch"],
    ...["--eval", "(setq debug-on-error t backtrace-on-error-noninteractive nil)", "-l", "./main.el"],
  ],
  repl: ["emacs", "-Q", "-nw", "-f", "ielm"],
};
