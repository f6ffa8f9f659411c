import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import type { Language } from "../language";

const OPTIMIZATION: LanguageOption = {
  id: "optimization",
  name: "Optimisation",
  default: "o1",
  values: ["0", "1", "2"].map((level) => ({ id: `o${level}`, label: `-O${level}`, flags: [`-O${level}`] })),
};

const WARNINGS: LanguageOption = {
  id: "warnings",
  name: "Warnings",
  default: "usual",
  values: [
    { id: "off", label: "Off", flags: ["-w"] },
    { id: "usual", label: "Usual", flags: [] },
    { id: "all", label: "All", flags: ["-Wall"] },
  ],
};

const OPTIONS = [OPTIMIZATION, WARNINGS];

export const haskell: Language = {
  id: "haskell",
  name: "Haskell",
  version: "GHC 9.6",
  versionCommand: ["ghc", "--version"],
  aliases: ["hs", "ghc"],
  extension: "hs",
  mainFile: "main.hs",
  editor: "haskell",
  image: { folder: "haskell" },
  packages: {
    names: [
      "Data.Map",
      "Data.Text",
      "Control.Monad.State",
      "Data.Vector",
      "Data.HashMap.Strict",
      "Data.List.Split",
      "System.Random",
    ],
    megabytes: 15,
  },
  core: false,
  // With the libraries in it a program takes three times the memory to link. Other modules are found by their names.
  compile: ({ options }) => [
    ...["ghc", "-v0", "-dynamic", "-fdiagnostics-color=never"],
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    ...["-outputdir", "/tmp/.ghc", "-o", "main", "main.hs"],
  ],
  run: ["./main"],
  repl: ["ghci", "-v1", "-ignore-dot-ghci"],
};
