import { flagsOf } from "../../schemas/language-options";
import { OPTIMIZATION } from "../c/options";
import type { Language } from "../language";

const OPTIONS = [
  {
    id: "dialect",
    name: "Dialect",
    default: "objfpc",
    values: [
      { id: "fpc", label: "Free Pascal", flags: ["-Mfpc"] },
      { id: "objfpc", label: "Object Pascal", flags: ["-Mobjfpc"] },
      { id: "delphi", label: "Delphi", flags: ["-Mdelphi"] },
      { id: "tp", label: "Turbo Pascal", flags: ["-Mtp"] },
    ],
  },
  {
    ...OPTIMIZATION,
    // Free Pascal's word for none is another than GCC's.
    values: OPTIMIZATION.values.map((value) => (value.id === "o0" ? { ...value, flags: ["-O-"] } : value)),
  },
  {
    id: "checks",
    name: "Checks",
    default: "off",
    values: [
      { id: "off", label: "Off", flags: [] },
      { id: "all", label: "Ranges, overflow", flags: ["-Cr", "-Co"] },
    ],
  },
];

const FOLDER = "/usr/lib/quicksand";

export const pascal: Language = {
  id: "pascal",
  name: "Pascal",
  version: "Free Pascal 3.2",
  options: OPTIONS,
  versionCommand: ["fpc", "-iV"],
  aliases: ["pas", "fpc", "freepascal", "delphi"],
  extension: "pas",
  mainFile: "main.pas",
  editor: "pascal",
  image: { folder: "pascal" },
  core: false,
  compile: ({ ownImage, options }) => [
    ownImage ? `${FOLDER}/build.sh` : "fpc",
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    // Errors and warnings only; and the lines of the program in it, which an error at its run then names.
    ...["-l-", "-v0ew", "-gl"],
    ...(ownImage ? [`-Fu${FOLDER}`, "-Faquicksand"] : []),
    ...["-omain", "main.pas"],
  ],
  run: ["./main"],
};
