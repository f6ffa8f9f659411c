import type { Language } from "../language";

/** Linked in: makes stdio write line by line, as at a terminal, so that output comes while the program runs. */
export const LINE_BUFFERED = "/usr/lib/quicksand/line-buffered.o";

export const c: Language = {
  id: "c",
  name: "C",
  version: "14.2",
  versionCommand: ["gcc", "--version"],
  aliases: ["gcc"],
  extension: "c",
  mainFile: "main.c",
  editor: "c",
  image: { folder: "cpp" },
  core: true,
  compile: ({ ownImage }) => [
    ...["gcc", "-std=gnu17", "-O1", "-Wall", "-fdiagnostics-color=never", "-o", "main", "main.c"],
    ...(ownImage ? [LINE_BUFFERED] : []),
    "-lm",
  ],
  run: ["./main"],
};
