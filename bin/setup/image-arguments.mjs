import { parseArgs } from "node:util";
import { SetupProblem } from "./problem.mjs";

export const USAGE = [
  "npm run images                        lists the images of all languages",
  "npm run images -- all                 makes what is missing: all, core, or ids",
  "npm run images -- --rebuild python    makes it anew, without the cache",
  "npm run images -- --remove python     removes it",
  "npm run images -- --prune             removes images of ours that no recipe asks for any more",
];

const FLAGS = ["rebuild", "remove", "prune"];

/**
 * What `npm run images` is asked for.
 * @param {readonly string[]} words
 * @returns {{ action: "list" | "make" | "rebuild" | "remove" | "prune", which: string[] }}
 */
export function imageArguments(words) {
  const { values, positionals: which } = parsed(words);
  const [action, other] = FLAGS.filter((flag) => values[flag]);
  if (other) throw new SetupProblem(`--${action} and --${other} do not go together.`, { remedy: USAGE });
  if (action === "prune" && which.length > 0) {
    throw new SetupProblem(`--prune takes no languages; it was given ${which.join(", ")}.`, {
      remedy: USAGE,
    });
  }
  if ((action === "rebuild" || action === "remove") && which.length === 0) {
    throw new SetupProblem(`--${action} needs to know which: ids of languages, core, or all.`, {
      remedy: USAGE,
    });
  }
  return { action: action ?? (which.length > 0 ? "make" : "list"), which };
}

function parsed(words) {
  try {
    return parseArgs({
      args: [...words],
      options: Object.fromEntries(FLAGS.map((flag) => [flag, { type: "boolean" }])),
      allowPositionals: true,
    });
  } catch (cause) {
    const unknown = cause.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    const [, flag] = /'(-[^' ]*)/.exec(cause.message) ?? [];
    const message = unknown && flag ? `There is no option ${flag}.` : cause.message;
    throw new SetupProblem(message, { remedy: USAGE, cause });
  }
}
