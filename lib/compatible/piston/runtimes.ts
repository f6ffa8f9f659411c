import semver from "semver";
import type { LanguageInfo } from "../../schemas/language";

/** A language as Piston lists it. */
export interface Runtime {
  /** Id of the language here. */
  id: string;
  /** Piston's name of it. */
  language: string;
  version: string;
  aliases: readonly string[];
  /** Where several languages are of one toolchain: its name. */
  runtime?: string;
  /** Whether its image is there. */
  ready: boolean;
  /** What a range may match beside `version`: what the version was called before its image was there. */
  formerly: string;
}

/** Piston's names of languages that are called otherwise here; ours are aliases then. */
const NAMES: Readonly<Record<string, string>> = {
  commonlisp: "lisp",
  cpp: "c++",
  emacslisp: "emacs",
  r: "rscript",
  sql: "sqlite3",
  verilog: "iverilog",
};

/** Piston's names of the toolchains that have more than one language there. */
const TOOLCHAINS: Readonly<Record<string, string>> = {
  ...{ c: "gcc", cpp: "gcc", fortran: "gcc" },
  ...{ javascript: "node", "node-current": "node" },
};

/** Beside ours: Piston's, that its users know. */
const MORE_ALIASES: Readonly<Record<string, readonly string[]>> = {
  javascript: ["node-javascript", "node-js"],
  typescript: ["node-ts", "tsc"],
};

/** What is offered here, as Piston would list it. */
export function runtimesOf(languages: readonly LanguageInfo[]): Runtime[] {
  return languages.map((language) => {
    const { id, ready } = language;
    const name = NAMES[id] ?? id;
    const aliases = [id, ...language.aliases, ...(MORE_ALIASES[id] ?? [])].filter((each) => each !== name);
    const runtime = TOOLCHAINS[id];
    return {
      ...{ id, language: name, version: versionOf(language), aliases, ready },
      formerly: versionOf({ version: language.version }),
      ...(runtime === undefined ? {} : { runtime }),
    };
  });
}

/** Of a range: more than anybody writes, and as much as semver takes of a version. A range costs more than its length to look at. */
const MAX_RANGE_CHARS = 256;

/** What a message repeats of a name or a version, which may be as long as a body. */
export function echoed(value: unknown): string {
  return typeof value === "string" && value.length > 100 ? `${value.slice(0, 100)}…` : String(value);
}

/** The newest runtime of that name, or with that alias, whose version is in the range; `undefined` when there is none. */
export function findRuntime(
  runtimes: readonly Runtime[],
  language: string,
  range: string,
): Runtime | undefined {
  if (range.length > MAX_RANGE_CHARS) return undefined;
  const name = language.toLowerCase();
  return runtimes
    .filter((each) => each.language === name || each.aliases.includes(name))
    .filter(({ version, formerly }) => [version, formerly].some((each) => semver.satisfies(each, range)))
    .sort((a, b) => semver.rcompare(a.version, b.version))[0];
}

/** A runtime as it is answered. */
export function shown({ language, version, aliases, runtime }: Runtime) {
  return { language, version, aliases, ...(runtime === undefined ? {} : { runtime }) };
}

/**
 * Three numbers, for semver. What the tool prints may hold other numbers too (dates, other tools), so those count that go on from the
 * version as its users say it.
 */
export function versionOf({
  version,
  printedVersion = "",
}: Pick<LanguageInfo, "version" | "printedVersion">): string {
  const [said = [0]] = numbersIn(version);
  const printed = numbersIn(printedVersion).find((each) => said.every((part, index) => each[index] === part));
  const [major = 0, minor = 0, patch = 0] = printed ?? said;
  return `${major}.${minor}.${patch}`;
}

function numbersIn(text: string): number[][] {
  return [...text.matchAll(/\d{1,9}(?:\.\d{1,9})*/g)].map(([found]) => found.split(".").map(Number));
}
