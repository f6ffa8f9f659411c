import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

/** Assembles and links; see the file of that name in the folder of the image. */
const BUILD = "/usr/lib/quicksand/nasm.sh";
const PLAIN_BUILD = ["sh", "-c", "nasm -f elf64 -o main.o main.asm && ld -o main main.o"];

export const nasm: Language = {
  id: "nasm",
  name: "Assembly",
  version: "NASM 2.16",
  versionCommand: ["nasm", "--version"],
  aliases: ["asm", "assembly", "nasm64", "x86-64"],
  extension: "asm",
  mainFile: "main.asm",
  editor: "nasm",
  image: { folder: "fortran" },
  core: false,
  compile: ({ ownImage, files }) =>
    ownImage ? [BUILD, ...sourcesOf(files, /\.(?:asm|nasm|s)$/i)] : PLAIN_BUILD,
  run: ["./main"],
  flushesOnSignal: true,
};
