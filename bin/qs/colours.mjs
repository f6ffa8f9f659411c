// @ts-check

/**
 * Words in colours where a terminal shows them and NO_COLOR (no-color.org) does not forbid it.
 * @param {{ isTTY?: boolean }} stream
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 */
export function colours(stream, environment = process.env) {
  const on = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
  /** @param {number} open @param {number} close @returns {(text: string) => string} */
  const style = (open, close) => (text) => (on ? `\x1b[${open}m${text}\x1b[${close}m` : text);
  return { dim: style(2, 22), red: style(31, 39), green: style(32, 39), yellow: style(33, 39) };
}
