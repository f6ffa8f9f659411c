// @ts-check
// JavaScript, because the command line reads test cases by it too and starts without a compiler.

/**
 * A file as it was dropped, chosen, or found in a zip. `path` is only ever read as text.
 * @typedef {{ path: string, text: string }} NamedText
 */

/** @typedef {{ name: string, stdin: string, expected: string }} TestPair */

/**
 * `key` is what the two files of a test case have in common.
 * @typedef {{ role: "in" | "out", key: string, name: string }} Role
 */

// The longer ones first: "input1" is not "in" and "put1".
const IN = "stdin|input|inp|in";
const OUT = "expected|stdout|output|answer|out|ans";
/** `1.in`, `1.in.txt`; then `input1.txt`, `in.txt`; then `1-input.txt`, `1_in.txt`. The first that fits decides. */
const FORMS = [
  new RegExp(`^(?<base>.*)\\.(?:(?<in>${IN})|(?<out>${OUT}))(?:\\.txt)?$`, "i"),
  new RegExp(`^(?:(?<in>${IN})|(?<out>${OUT}))(?=[-_. \\d])[-_. ]?(?<base>.*)\\.txt$`, "i"),
  new RegExp(`^(?<base>.*)[-_. ](?:(?<in>${IN})|(?<out>${OUT}))\\.txt$`, "i"),
];
/** Folders that only say which of the two a file is. */
const ROLE_FOLDER = new RegExp(`^(?:${IN}|${OUT})s?$`, "i");

/**
 * Pairs files of inputs with those of expected outputs, by their names; says which ones are left out, and why.
 * @param {readonly NamedText[]} files
 * @returns {{ pairs: TestPair[], problems: string[] }}
 */
export function pairTests(files) {
  /** @type {Map<string, { name: string, in?: string, out?: string, path: string }>} */
  const found = new Map();
  /** @type {string[]} */
  const problems = [];
  for (const { path, text } of files) {
    const role = roleOf(path);
    if (!role) {
      problems.push(`${shown(path)} is neither an input (.in) nor an expected output (.out).`);
      continue;
    }
    const pair = found.get(role.key) ?? { name: role.name, path };
    if (pair[role.role] === undefined) found.set(role.key, { ...pair, [role.role]: text });
    else problems.push(`${shown(path)} is there twice; the first one was taken.`);
  }
  /** @type {TestPair[]} */
  const pairs = [];
  for (const pair of [...found.values()].sort((a, b) => natural.compare(a.path, b.path))) {
    if (pair.in === undefined) problems.push(`${shown(pair.path)} has no input beside it (.in).`);
    else if (pair.out === undefined)
      problems.push(`${shown(pair.path)} has no expected output beside it (.out).`);
    else pairs.push({ name: pair.name, stdin: pair.in, expected: pair.out });
  }
  return { pairs, problems };
}

const natural = new Intl.Collator("en", { numeric: true });

/** @param {string} path @returns {Role | null} */
function roleOf(path) {
  const parts = path.split(/[\\/]+/).filter((part) => part !== "" && part !== "." && part !== "..");
  const file = parts.pop() ?? "";
  for (const form of FORMS) {
    const groups = form.exec(file)?.groups;
    if (!groups) continue;
    const folders = parts.filter((part) => !ROLE_FOLDER.test(part));
    const base = groups.base ?? "";
    return {
      role: groups.in === undefined ? "out" : "in",
      // Between the names of folders and files is what neither can hold.
      key: [...folders, base].join("\0"),
      name: base || (folders.at(-1) ?? ""),
    };
  }
  return null;
}

const SHOWN_CHARS = 60;

/** @param {string} path */
function shown(path) {
  const characters = [...path];
  return characters.length <= SHOWN_CHARS ? path : `${characters.slice(0, SHOWN_CHARS).join("")}…`;
}
