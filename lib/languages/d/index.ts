import { flagsOf } from "../../schemas/language-options";
import { STDIO } from "../c";
import { OPTIMIZATION } from "../c/options";
import type { Language } from "../language";

const OPTIONS = [
  OPTIMIZATION,
  {
    id: "checks",
    name: "Checks",
    default: "all",
    values: [
      { id: "off", label: "Off", flags: ["-release"] },
      { id: "all", label: "All", flags: [] },
    ],
  },
];

export const d: Language = {
  id: "d",
  name: "D",
  version: "LDC 1.40",
  options: OPTIONS,
  versionCommand: ["ldc2", "--version"],
  aliases: ["dlang", "ldc", "ldc2", "dmd"],
  extension: "d",
  mainFile: "main.d",
  editor: "d",
  image: { folder: "fortran" },
  core: false,
  compile: ({ ownImage, options }) => [
    "ldc2",
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    // Modules that are imported are compiled too, wherever they lie.
    ...["-i", "--vcolumns", "-of=main", "main.d"],
    ...(ownImage ? [STDIO] : []),
  ],
  run: ["./main"],
  flushesOnSignal: true,
};
