import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import type { Language } from "../language";

const OPTIMIZATION: LanguageOption = {
  id: "optimization",
  name: "Optimisation",
  default: "o0",
  values: ["0", "1", "2", "3"].map((level) => ({
    id: `o${level}`,
    label: `-O${level}`,
    flags: ["-O", level],
  })),
};

const OPTIONS = [OPTIMIZATION];

export const crystal: Language = {
  id: "crystal",
  name: "Crystal",
  version: "1.14",
  options: OPTIONS,
  versionCommand: ["crystal", "--version"],
  aliases: ["cr"],
  extension: "cr",
  mainFile: "main.cr",
  editor: "crystal",
  image: { folder: "crystal" },
  core: false,
  // Otherwise it makes eight processes of itself, each with the whole program.
  compile: ({ options }) => [
    ...["crystal", "build", "--no-color", "--threads", "1"],
    ...flagsOf(OPTIONS, OPTIMIZATION.id, options),
    ...["-o", "main", "main.cr"],
  ],
  run: ["./main"],
  format: () => ["crystal", "tool", "format", "-"],
  env: { CRYSTAL_CACHE_DIR: "/tmp/.crystal" },
  // It compiles its standard library with every program.
  limits: { compile: { memoryBytes: 1_073_741_824 } },
};
