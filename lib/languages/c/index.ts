import { flagsOf } from "../../schemas/language-options";
import type { Language } from "../language";
import { OPTIMIZATION, standards, WARNINGS } from "./options";
import { includeFolders, sourcesOf } from "./sources";

/** Astyle and not clang-format, which needs 190 MB of LLVM. It finds no mistakes, so it never fails. */
export const ASTYLE: NonNullable<Language["format"]> = ({ tabWidth }) => [
  ...[
    "astyle",
    "--options=none",
    "--project=none",
    "--mode=c",
    "--style=attach",
    `--indent=spaces=${tabWidth}`,
  ],
  ...[
    "--pad-oper",
    "--pad-comma",
    "--pad-header",
    "--unpad-paren",
    "--attach-closing-while",
    "--convert-tabs",
  ],
];

/** Linked in: see the file of that name in the folder of the image. */
export const STDIO = "/usr/lib/quicksand/stdio.o";

const OPTIONS = [standards("C", ["99", "11", "17", "23"], "17"), OPTIMIZATION, WARNINGS];

export const c: Language = {
  id: "c",
  name: "C",
  version: "GCC 14.2",
  edition: "C17",
  options: OPTIONS,
  versionCommand: ["gcc", "--version"],
  aliases: ["gcc"],
  extension: "c",
  mainFile: "main.c",
  editor: "c",
  image: { folder: "cpp" },
  core: true,
  compile: ({ ownImage, files, options }) => [
    "gcc",
    ...["standard", "optimization", "warnings"].flatMap((id) => flagsOf(OPTIONS, id, options)),
    ...["-fdiagnostics-color=never", "-o", "main"],
    ...includeFolders(files),
    ...sourcesOf(files, /\.c$/),
    ...(ownImage ? [STDIO] : []),
    "-lm",
  ],
  run: ["./main"],
  flushesOnSignal: true,
  format: ASTYLE,
};
