import type { Language } from "../language";

/** GNU's awk, which the image of Bash has already. */
export const awk: Language = {
  id: "awk",
  name: "AWK",
  version: "Gawk 5.2",
  versionCommand: ["gawk", "--version"],
  aliases: ["gawk"],
  extension: "awk",
  mainFile: "main.awk",
  editor: "awk",
  image: { folder: "bash" },
  core: false,
  // Output line by line, as at a terminal. Behind `--` a program's arguments are never taken for options.
  run: ["stdbuf", "-oL", "gawk", "-f", "main.awk", "--"],
};
