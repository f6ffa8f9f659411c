import type { Language } from "../language";

export const bun: Language = {
  id: "bun",
  name: "Bun",
  version: "1.4",
  versionCommand: ["bun", "--version"],
  aliases: ["bun-ts"],
  extension: "ts",
  mainFile: "main.ts",
  editor: "typescript",
  image: { folder: "bun" },
  core: false,
  // It collects its garbage more often, for a small memory; and looks for no packages, as there is no network to fetch them from.
  run: ["bun", "--smol", "--no-install", "run", "main.ts"],
  env: { NO_COLOR: "1", DO_NOT_TRACK: "1", BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0" },
};
