import { flagsOf } from "../../schemas/language-options";
import type { RunFile } from "../../schemas/run";
import { STDIO } from "../c";
import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

const OPTIONS = [
  {
    id: "layout",
    name: "Layout",
    default: "auto",
    values: [
      { id: "auto", label: "As it is written", flags: [] },
      { id: "free", label: "Free", flags: ["-free"] },
      { id: "fixed", label: "Fixed columns", flags: ["-fixed"] },
    ],
  },
  {
    id: "checks",
    name: "Checks",
    default: "all",
    values: [
      { id: "off", label: "Off", flags: [] },
      { id: "all", label: "All", flags: ["-debug"] },
    ],
  },
];

/** Six columns of numbers or nothing, and one that says what the line is: cards have only such lines. */
const CARD = /^(?:.{0,6}|[\d ]{6}(?:[ */dD$-].*)?)$/;

export const cobol: Language = {
  id: "cobol",
  name: "COBOL",
  version: "GnuCOBOL 3.2",
  options: OPTIONS,
  versionCommand: ["cobc", "--version"],
  aliases: ["cob", "cbl", "gnucobol", "opencobol"],
  extension: "cob",
  mainFile: "main.cob",
  editor: "cobol",
  image: { folder: "fortran" },
  core: false,
  compile: ({ ownImage, files, options }) => [
    // Debian's way to compile C asks for an optimisation, and says so where there is none.
    ...["cobc", "-x", "-O", "-o", "main"],
    ...(options.layout === "auto" ? [layoutOf(files)] : flagsOf(OPTIONS, "layout", options)),
    ...flagsOf(OPTIONS, "checks", options),
    ...sourcesOf(files, /\.(?:cob|cbl|cobol)$/i),
    ...(ownImage ? [STDIO, "/usr/lib/quicksand/cobol.o"] : []),
  ],
  run: ["./main"],
  flushesOnSignal: true,
};

function layoutOf([main]: readonly RunFile[]): string {
  const lines = main?.content.split(/\r?\n/) ?? [];
  return lines.every((line) => CARD.test(line)) ? "-fixed" : "-free";
}
