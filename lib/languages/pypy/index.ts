import type { Language } from "../language";

export const pypy: Language = {
  id: "pypy",
  name: "PyPy",
  version: "7.3",
  versionCommand: ["pypy3", "--version"],
  aliases: ["pypy3"],
  extension: "py",
  mainFile: "main.py",
  editor: "python",
  image: { folder: "pypy" },
  core: false,
  // What is printed is seen while the program runs, prompts and half lines too.
  run: ["pypy3", "-u", "main.py"],
  repl: ["pypy3"],
  env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" },
};
