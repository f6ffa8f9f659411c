import { flagsOf } from "../../schemas/language-options";
import { OPTIMIZATION } from "../c/options";
import type { Language } from "../language";
import { orderedSources } from "./sources";

const OPTIONS = [
  OPTIMIZATION,
  {
    id: "checks",
    name: "Checks",
    default: "all",
    values: [
      { id: "off", label: "Off", flags: [] },
      // All but the one that reports every temporary array while the program runs.
      { id: "all", label: "All", flags: ["-fcheck=bounds,do,mem,pointer,recursion"] },
    ],
  },
  {
    id: "warnings",
    name: "Warnings",
    default: "off",
    values: [
      { id: "off", label: "Off", flags: [] },
      { id: "all", label: "All", flags: ["-Wall"] },
      { id: "extra", label: "Extra", flags: ["-Wall", "-Wextra"] },
    ],
  },
];

export const fortran: Language = {
  id: "fortran",
  name: "Fortran",
  version: "GFortran 14.2",
  options: OPTIONS,
  versionCommand: ["gfortran", "--version"],
  aliases: ["f90", "f95", "gfortran"],
  extension: "f90",
  mainFile: "main.f90",
  editor: "fortran",
  image: { folder: "fortran" },
  core: false,
  compile: ({ files, options }) => [
    "gfortran",
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    // With names of lines in the binary, errors of the runtime say where they happened.
    ...["-g", "-fdiagnostics-color=never", "-o", "main"],
    ...orderedSources(files),
  ],
  run: ["./main"],
  // What is printed is seen while the program runs, prompts without a line end too.
  env: { GFORTRAN_UNBUFFERED_PRECONNECTED: "y" },
};
