import type { Language } from "../language";

/** Messages are errors' output, as everywhere else; and the kernel's verdict on memory is the honest one. */
const SETTINGS = ["display_errors=stderr", "log_errors=0", "error_reporting=-1", "memory_limit=-1"];

export const php: Language = {
  id: "php",
  name: "PHP",
  version: "8.4",
  versionCommand: ["php", "--version"],
  aliases: ["php8"],
  extension: "php",
  mainFile: "main.php",
  editor: "php",
  image: { folder: "php" },
  packages: { names: ["mbstring", "bcmath", "gmp"], megabytes: 3 },
  core: false,
  run: ["php", ...SETTINGS.flatMap((setting) => ["-d", setting]), "main.php"],
  repl: ["php", "-a"],
};
