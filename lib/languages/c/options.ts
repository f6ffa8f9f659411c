import type { LanguageOption } from "../../schemas/language";

/** Of GCC, for C and C++ alike. */
export const OPTIMIZATION: LanguageOption = {
  id: "optimization",
  name: "Optimisation",
  default: "o1",
  values: ["0", "1", "2", "3"].map((level) => ({
    id: `o${level}`,
    label: `-O${level}`,
    flags: [`-O${level}`],
  })),
};

export const WARNINGS: LanguageOption = {
  id: "warnings",
  name: "Warnings",
  default: "all",
  values: [
    { id: "off", label: "Off", flags: ["-w"] },
    { id: "all", label: "All", flags: ["-Wall"] },
    { id: "extra", label: "Extra", flags: ["-Wall", "-Wextra"] },
  ],
};

/** Standards by their numbers, with GNU's extensions: what GCC itself compiles by when it is not told, and what programs on the web expect. */
export function standards(name: string, numbers: readonly string[], usual: string): LanguageOption {
  const id = (number: string) => `${name.toLowerCase()}${number}`;
  const gnu = `gnu${name.slice(1)}`;
  return {
    id: "standard",
    name: "Standard",
    default: id(usual),
    values: numbers.map((number) => ({
      id: id(number),
      label: `${name}${number}`,
      flags: [`-std=${gnu}${number}`],
    })),
  };
}
