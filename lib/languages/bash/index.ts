import type { Language } from "../language";

export const bash: Language = {
  id: "bash",
  name: "Bash",
  version: "5.2",
  versionCommand: ["bash", "--version"],
  aliases: ["sh", "shell"],
  extension: "sh",
  mainFile: "main.sh",
  editor: "shell",
  image: { folder: "bash" },
  core: true,
  run: ["bash", "main.sh"],
  repl: ["bash"],
  format: ({ tabWidth }) => ["shfmt", "-ln", "bash", "-i", String(tabWidth), "-ci"],
};
