import type { Language } from "../language";

export const octave: Language = {
  id: "octave",
  name: "Octave",
  version: "9.4",
  versionCommand: ["octave-cli", "--version"],
  aliases: ["matlab", "gnu-octave"],
  extension: "m",
  mainFile: "main.m",
  editor: "octave",
  image: { folder: "octave" },
  core: false,
  run: ["octave-cli", "--quiet", "--norc", "--no-history", "main.m"],
  repl: ["octave-cli", "--quiet", "--norc", "--no-history"],
  // The libraries for matrices would start a thread, with memory of its own, for each processor of the host.
  env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
};
