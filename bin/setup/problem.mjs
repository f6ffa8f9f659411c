/** Something the person has to put right: what is wrong, and what to do. Shown without a stack. */
export class SetupProblem extends Error {
  /** @param {string} message @param {{ remedy?: string[], log?: string, cause?: unknown }} [more] */
  constructor(message, { remedy = [], log = "", cause } = {}) {
    super(message, { cause });
    this.name = "SetupProblem";
    this.remedy = remedy;
    this.log = log;
  }
}

/** The words for an error, as the terminal prints them: ours with their remedy, any other with its stack. */
export function explain(error) {
  if (!(error instanceof SetupProblem))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [error.message];
  if (error.log) lines.push("", ...indent(error.log.trimEnd().split("\n"), "  | "));
  if (error.remedy.length > 0) lines.push("", ...indent(error.remedy, "  "));
  return lines.join("\n");
}

function indent(lines, prefix) {
  return lines.map((line) => `${prefix}${line}`);
}
