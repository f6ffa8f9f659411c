/** Between `import` or `export` and `from` stand only names, braces, commas, stars and comments. */
const CLAUSE = String.raw`(?:[\w$*{},\s]|//[^\n]*\n|/\*[\s\S]*?\*/)`;
const SPECIFIER = String.raw`["']([^"'\n]+)["']`;
const PATTERNS = [
  new RegExp(String.raw`^[ \t]*(?:import|export)\b${CLAUSE}*?(?<![\w$])from\s*${SPECIFIER}`, "gm"),
  new RegExp(String.raw`^[ \t]*import\s*${SPECIFIER}`, "gm"),
  /(?<![\w$.])(?:import|require)\s*\(\s*(?:\/\*[\s\S]*?\*\/\s*)?["'\x60]([^"'\x60\n]+)["'\x60]/g,
];

/**
 * The modules that a TypeScript source names: static and dynamic imports, types included, since a type is a dependency too.
 * A scanner, because TypeScript 7 has no programming interface. It errs on the side of seeing too much.
 */
export function importsOf(source) {
  const found = PATTERNS.flatMap((pattern) =>
    [...source.matchAll(pattern)].map(({ index, 1: name }) => ({ index, name })),
  );
  return found
    .sort((a, b) => a.index - b.index)
    .map(({ index, name }) => ({ name, line: source.slice(0, index).split("\n").length }));
}

/** Lines that read the environment, leaving out comments. */
export function environmentReads(source) {
  return source
    .split("\n")
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => !/^\s*(\/\/|\*|\/\*)/.test(text) && /\bprocess\s*\.\s*env\b/.test(text));
}
