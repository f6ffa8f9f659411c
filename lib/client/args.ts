export type ArgsResult = { ok: true; args: string[] } | { ok: false; message: string };

/**
 * Splits a line of arguments like a shell: at white space, with quoting by '…', "…" and \. Nothing is expanded; no shell is
 * involved.
 */
export function splitArgs(line: string): ArgsResult {
  const args: string[] = [];
  let current: string | null = null;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (char === "\\" && quote !== "'") {
      at += 1;
      current = (current ?? "") + (line[at] ?? "\\");
    } else if (quote !== "") {
      if (char === quote) quote = "";
      else current += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      current ??= "";
    } else if (/\s/.test(char)) {
      if (current !== null) args.push(current);
      current = null;
    } else {
      current = (current ?? "") + char;
    }
  }
  if (quote !== "") return { ok: false, message: `The quote ${quote} is not closed; add another ${quote}.` };
  if (current !== null) args.push(current);
  return { ok: true, args };
}

/** The inverse of `splitArgs`, quoting only where needed. */
export function joinArgs(args: readonly string[]): string {
  return args.map((arg) => (/^[^\s'"\\]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'"'"'`)}'`)).join(" ");
}
