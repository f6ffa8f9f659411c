/** Between `import` or `export` and `from` there are only names, braces, commas, stars and comments. */
const CLAUSE = String.raw`(?:[\w$*{},\s]|//[^\n]*\n|/\*[\s\S]*?\*/)`;
const SPECIFIER = String.raw`["']([^"'\n]+)["']`;
const PATTERNS = [
  new RegExp(String.raw`^[ \t]*(?:import|export)\b${CLAUSE}*?(?<![\w$])from\s*${SPECIFIER}`, "gm"),
  new RegExp(String.raw`^[ \t]*import\s*${SPECIFIER}`, "gm"),
  /(?<![\w$.])(?:import|require)\s*\(\s*(?:\/\*[\s\S]*?\*\/\s*)?["'\x60]([^"'\x60\n]+)["'\x60]/g,
];

/**
 * The modules that a TypeScript source imports, statically or dynamically, including types. Uses patterns, because TypeScript 7 has no API for
 * its parser; in doubt they match too much.
 */
export function importsOf(source) {
  const found = PATTERNS.flatMap((pattern) =>
    [...source.matchAll(pattern)].map(({ index, 1: name }) => ({ index, name })),
  );
  return found
    .sort((a, b) => a.index - b.index)
    .map(({ index, name }) => ({ name, line: source.slice(0, index).split("\n").length }));
}

/** Lines, other than comments, that read the environment. */
export function environmentReads(source) {
  return source
    .split("\n")
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => !/^\s*(\/\/|\*|\/\*)/.test(text) && /\bprocess\s*\.\s*env\b/.test(text));
}

const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${"`"}(?:[^${"`"}\\]|\\[\s\S])*${"`"}`;
const COMMENT_OR_STRING = new RegExp(`${COMMENT}|${STRING}`, "g");

/** The source with comments replaced by spaces, so that offsets and line numbers do not change. */
export function withoutComments(source) {
  return source.replace(COMMENT_OR_STRING, (text) => (text.startsWith("/") ? blank(text) : text));
}

/** The text before the opening brace of an interface, a type or a zod object. */
const DECLARES =
  /(\binterface\s+\w+[^{}();=]*|\btype\s+\w+[^{}();=]*=\s*|\.\s*(strictO|looseO|o)bject\(\s*|\.\s*(safeE|e)xtend\(\s*)$/;

/**
 * The blocks in braces of a source, each with its own entries (`name: value`, without the content of nested blocks) and whether it declares a
 * shape. Uses patterns, not a parser.
 */
export function blocksOf(source) {
  const bare = withoutComments(source).replace(new RegExp(STRING, "g"), (text) =>
    text.length < 2 ? text : text[0] + blank(text.slice(1, -1)).replace(/[^\n]/g, "_") + text.at(-1),
  );
  const blocks = [];
  const open = [];
  for (let at = 0; at < bare.length; at++) {
    if (bare[at] === "{") open.push({ at, own: "" });
    else if (bare[at] === "}") {
      const block = open.pop();
      if (block) blocks.push(described(bare, block));
    } else if (open.length > 0) open[open.length - 1].own += bare[at];
  }
  return blocks;
}

function described(bare, { at, own }) {
  const entries = new Map();
  for (const [, name, value] of own.matchAll(/(?:^|[\s,;(])(?:readonly\s+)?(\w+)\??:\s*([^,;\n]*)/g)) {
    entries.set(name, value.trim());
  }
  const before = bare.slice(Math.max(0, at - 200), at);
  return { line: bare.slice(0, at).split("\n").length, entries, declares: DECLARES.test(before) };
}

function blank(text) {
  return text.replace(/[^\n]/g, " ");
}
