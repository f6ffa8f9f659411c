import type { CommandContext, Language } from "../language";

/** In our image a small shop is there to be asked, see `sample.sql`: its tables are found until the program makes others of their names. */
const SAMPLE = ["-cmd", "ATTACH '/usr/lib/quicksand/sample.db' AS sample;"];

function database({ ownImage }: CommandContext): readonly string[] {
  return ["-box", ...(ownImage ? SAMPLE : []), ":memory:"];
}

export const sql: Language = {
  id: "sql",
  name: "SQL",
  version: "SQLite 3.46",
  versionCommand: ["sqlite3", "--version"],
  aliases: ["sqlite", "sqlite3"],
  extension: "sql",
  mainFile: "main.sql",
  editor: "sql",
  image: { folder: "sql" },
  core: false,
  // Output line by line, as at a terminal.
  run: (context) => ["stdbuf", "-oL", "sqlite3", "-batch", "-bail", ...database(context), ".read main.sql"],
  repl: (context) => ["sqlite3", ...database(context)],
};
