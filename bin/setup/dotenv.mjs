import fs from "node:fs";

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/;

/** The variables of a `.env` file's text: `NAME=value`, quotes optional, `#` begins a comment. */
export function parseDotenv(text) {
  const variables = {};
  for (const line of text.split(/\r?\n/)) {
    const match = LINE.exec(line);
    if (!match) continue;
    const [, name, raw] = match;
    const quoted = /^(["'`])(.*?)\1\s*(?:#.*)?$/.exec(raw);
    variables[name] = quoted ? withNewlines(quoted[2], quoted[1]) : raw.replace(/(^|\s)#.*$/, "").trim();
  }
  return variables;
}

/** Reads `.env` into the environment. What is set already stays: the command line beats the file. */
export function loadDotenv(file = ".env", environment = process.env) {
  if (!fs.existsSync(file)) return;
  for (const [name, value] of Object.entries(parseDotenv(fs.readFileSync(file, "utf8")))) {
    environment[name] ??= value;
  }
}

function withNewlines(value, quote) {
  return quote === '"' ? value.replaceAll("\\n", "\n") : value;
}
