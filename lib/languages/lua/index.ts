import type { Language } from "../language";

export const lua: Language = {
  id: "lua",
  name: "Lua",
  version: "5.4",
  versionCommand: ["lua5.4", "-v"],
  aliases: ["lua5.4"],
  extension: "lua",
  mainFile: "main.lua",
  editor: "lua",
  image: { folder: "lua" },
  packages: { names: ["lpeg", "pl", "cjson"], megabytes: 1 },
  core: false,
  // Output line by line, as at a terminal.
  run: ["lua5.4", "-e", 'io.stdout:setvbuf("line")', "main.lua"],
  repl: ["lua5.4"],
};
