import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import type { Language } from "../language";
import { folders, inOrder } from "./sources";

const WARNINGS: LanguageOption = {
  id: "warnings",
  name: "Warnings",
  default: "usual",
  values: [
    { id: "off", label: "Off", flags: ["-w", "-a"] },
    { id: "usual", label: "Usual", flags: [] },
  ],
};

const OPTIONS = [WARNINGS];

export const ocaml: Language = {
  id: "ocaml",
  name: "OCaml",
  version: "5.3",
  options: OPTIONS,
  versionCommand: ["ocamlopt", "-version"],
  aliases: ["ml", "ocamlopt"],
  extension: "ml",
  mainFile: "main.ml",
  editor: "ocaml",
  image: { folder: "ocaml" },
  core: false,
  compile: ({ files, options }) => [
    ...["ocamlopt", "-g", "-color", "never", ...flagsOf(OPTIONS, WARNINGS.id, options)],
    ...["-I", "+unix", "-I", "+str", "unix.cmxa", "str.cmxa", ...folders(files)],
    ...["-o", "main", ...inOrder(files)],
  ],
  run: ["./main"],
  repl: ["ocaml"],
  // An uncaught exception tells where it came from.
  env: { OCAMLRUNPARAM: "b" },
};
