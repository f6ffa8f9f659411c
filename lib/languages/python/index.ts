import type { Language } from "../language";

export const python: Language = {
  id: "python",
  name: "Python",
  version: "3.13",
  versionCommand: ["python3", "--version"],
  aliases: ["py", "python3"],
  extension: "py",
  mainFile: "main.py",
  editor: "python",
  image: { folder: "python" },
  packages: {
    names: ["sortedcontainers", "more_itertools", "toolz", "regex", "dateutil", "gmpy2", "pytest"],
    megabytes: 8,
  },
  core: true,
  // Our image sets output to be written line by line, as at a terminal; elsewhere `-u` comes closest.
  run: ({ ownImage }) => (ownImage ? ["python3", "main.py"] : ["python3", "-u", "main.py"]),
  repl: ["python3"],
  flushesOnSignal: true,
  // Black has one indent only.
  format: () => ["black", "--quiet", "-"],
  standby: ["python3", "-X", "standby", "main.py"],
  standbyForks: true,
  env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" },
};
