import type { Language } from "../language";

export const ruby: Language = {
  id: "ruby",
  name: "Ruby",
  version: "3.3",
  versionCommand: ["ruby", "--version"],
  aliases: ["rb", "ruby3"],
  extension: "rb",
  mainFile: "main.rb",
  editor: "ruby",
  image: { folder: "ruby" },
  core: false,
  // Ruby holds output to a pipe back until there are 8 KB; what is required first in our image has it written at once.
  run: ({ ownImage }) => ["ruby", ...(ownImage ? ["-r/usr/lib/quicksand/output.rb"] : []), "main.rb"],
  repl: ["irb"],
};
