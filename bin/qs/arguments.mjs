// @ts-check
import { parseArgs } from "node:util";
import { SetupProblem } from "../setup/problem.mjs";

/** @typedef {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options */

/**
 * The parsed command line: `values` are the options as given, `programArgs` everything after `--`.
 * @typedef {{
 *   command: string,
 *   values: Record<string, string | boolean | readonly (string | boolean)[] | undefined>,
 *   paths: string[],
 *   programArgs: string[],
 * }} Asked
 */

/** @satisfies {Options} */
const HELP = { help: { type: "boolean", short: "h" } };
/** @satisfies {Options} */
const ANYWHERE = { ...HELP, server: { type: "string" } };
/** @satisfies {Options} */
const JSON_TOO = { ...ANYWHERE, json: { type: "boolean" } };
/** @satisfies {Options} */
const PROGRAM = {
  ...JSON_TOO,
  lang: { type: "string", short: "l" },
  arg: { type: "string", short: "a", multiple: true },
  option: { type: "string", short: "o", multiple: true },
  timeout: { type: "string", short: "t" },
  memory: { type: "string", short: "m" },
};

/** @type {Readonly<Record<string, Options>>} */
export const COMMANDS = {
  run: { ...PROGRAM, "no-terminal": { type: "boolean" } },
  test: {
    ...PROGRAM,
    file: { type: "string", short: "f", multiple: true },
    compare: { type: "string", short: "c" },
  },
  login: ANYWHERE,
  logout: HELP,
  whoami: JSON_TOO,
  history: {
    ...JSON_TOO,
    lang: { type: "string", short: "l" },
    status: { type: "string" },
    search: { type: "string" },
    limit: { type: "string", short: "n" },
  },
  share: { ...ANYWHERE, public: { type: "boolean" }, private: { type: "boolean" } },
  languages: JSON_TOO,
  mcp: ANYWHERE,
};

/**
 * Reads the words after `qs`. Throws `SetupProblem` for what no command has.
 * @param {readonly string[]} words
 * @returns {Asked}
 */
export function readArguments(words) {
  const [first, ...rest] = words;
  const nothing = { values: {}, paths: [], programArgs: [] };
  if (first === "--version" || first === "-v" || first === "version")
    return { command: "version", ...nothing };
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    return { command: "help", ...nothing, paths: first === "help" ? rest : [] };
  }
  const options = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (!options) {
    const remedy = first.includes(".")
      ? `To run a program: qs run ${first}`
      : "qs --help lists the commands.";
    throw new SetupProblem(`\`${first}\` is no command of qs.`, { remedy: [remedy] });
  }
  return parse(first, rest, options);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Options} options
 * @returns {Asked}
 */
function parse(command, args, options) {
  try {
    const { values, tokens } = parseArgs({ args, options, allowPositionals: true, tokens: true });
    const end = tokens.find(({ kind }) => kind === "option-terminator")?.index ?? args.length;
    const positionals = tokens.flatMap((token) => (token.kind === "positional" ? [token] : []));
    if (values.help) return { command: "help", values: {}, paths: [command], programArgs: [] };
    return {
      command,
      values,
      paths: positionals.filter(({ index }) => index < end).map(({ value }) => value),
      programArgs: positionals.filter(({ index }) => index > end).map(({ value }) => value),
    };
  } catch (cause) {
    // `parseArgs` explains itself in the first sentence, and then how to write what nobody means.
    const [said = ""] = (cause instanceof Error ? cause.message : String(cause)).split(/\. To specify|\n/);
    throw new SetupProblem(`${said.replace(/\.$/, "")}.`, {
      remedy: [`qs ${command} --help says what there is.`],
      cause,
    });
  }
}

/** A text option. @param {Asked["values"]} values @param {string} name */
export function textOf(values, name) {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** An option that may be there several times. @param {Asked["values"]} values @param {string} name */
export function textsOf(values, name) {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** Milliseconds of `2`, `1.5s`, `500ms`, `1m`; without a unit they are seconds. @param {string} text */
export function durationMs(text) {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text.trim()) ?? [];
  const ms = Math.round(Number(number) * ({ ms: 1, s: 1_000, m: 60_000 }[unit] ?? 0));
  if (ms >= 1) return ms;
  throw new SetupProblem(`Expected \`--timeout\` to be a time such as 2s, 500ms or 1m, got \`${text}\`.`);
}

/** Bytes of `64M`, `64MB`, `64MiB`, `1G`, `65536k`; units are powers of 1024, without one it is bytes. @param {string} text */
export function memoryBytes(text) {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*(?:([kmg])(?:i?b)?|b)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(number) * 1_024 ** ["", "k", "m", "g"].indexOf(unit.toLowerCase()));
  if (bytes >= 1) return bytes;
  throw new SetupProblem(`Expected \`--memory\` to be a size such as 64M or 1G, got \`${text}\`.`);
}

/** `standard=c++23` as an entry of the request's options. @param {readonly string[]} texts */
export function chosenOptions(texts) {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new SetupProblem(
        `Expected \`--option\` to be NAME=VALUE such as standard=c++23, got \`${text}\`.`,
      );
    }),
  );
}
