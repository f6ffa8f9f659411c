/** A problem that the user has to solve: what is wrong and what to do. Printed without a stack trace. */
export class SetupProblem extends Error {
  /** @param {string} message @param {{ remedy?: string[], log?: string, cause?: unknown }} [more] */
  constructor(message, { remedy = [], log = "", cause } = {}) {
    super(message, { cause });
    this.name = "SetupProblem";
    this.remedy = remedy;
    this.log = log;
  }
}

/** An error as text for the terminal: a `SetupProblem` with its remedy, any other error with its stack. */
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
