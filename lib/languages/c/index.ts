import type { Language } from "../language";
import { includeFolders, sourcesOf } from "./sources";

/** Linked in: see the file of that name in the folder of the image. */
export const STDIO = "/usr/lib/quicksand/stdio.o";

export const c: Language = {
  id: "c",
  name: "C",
  version: "GCC 14.2",
  edition: "C17",
  versionCommand: ["gcc", "--version"],
  aliases: ["gcc"],
  extension: "c",
  mainFile: "main.c",
  editor: "c",
  image: { folder: "cpp" },
  core: true,
  compile: ({ ownImage, files }) => [
    ...["gcc", "-std=gnu17", "-O1", "-Wall", "-fdiagnostics-color=never", "-o", "main"],
    ...includeFolders(files),
    ...sourcesOf(files, /\.c$/),
    ...(ownImage ? [STDIO] : []),
    "-lm",
  ],
  run: ["./main"],
  flushesOnSignal: true,
};
