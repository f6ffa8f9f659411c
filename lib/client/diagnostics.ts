/** A place in the main program that a compiler or a runtime pointed at. Lines and columns count from 1. */
export interface Diagnostic {
  line: number;
  /** `null` when only the line is known. */
  column: number | null;
  severity: "error" | "warning";
  message: string;
}

/** More than these would be noise in the editor; compilers repeat themselves after the first few. */
const MAX_DIAGNOSTICS = 50;

const GCC =
  /^(?<file>[^\s:]+):(?<line>\d+):(?:(?<column>\d+):)? (?<severity>fatal error|error|warning): (?<message>.+)$/;
const ESBUILD_HEAD = /^(?:✘|▲|X|!) \[(?<severity>ERROR|WARNING)\] (?<message>.+)$/;
const ESBUILD_PLACE = /^\s+(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+):$/;
const PYTHON_FRAME = /^ {2}File "(?<file>[^"]+)", line (?<line>\d+)/;
const PYTHON_ERROR = /^(?<message>[A-Za-z_][\w.]*(?:: .*)?)$/;
const NODE_PLACE = /^(?<file>(?:file:\/\/)?\/?[^\s:]+):(?<line>\d+)$/;
const NODE_FRAME = /^\s+at (?:.* \()?(?<file>(?:file:\/\/)?[^():\s]+):(?<line>\d+):(?<column>\d+)\)?$/;
const NODE_ERROR = /^(?:Uncaught )?(?<message>[A-Z]\w*(?:Error|Exception)\b.*)$/;
const SHELL = /^(?<file>[^\s:]+): line (?<line>\d+): (?<message>.+)$/;

/**
 * Finds the places in `mainFile` that error output names: gcc and g++, esbuild, Python and Node tracebacks, bash.
 * Output that looks like none of them gives nothing; the text itself is always shown anyway.
 */
export function findDiagnostics(output: string, mainFile: string): Diagnostic[] {
  const lines = output.split(/\r?\n/);
  const found = [
    ...eachLine(lines, mainFile),
    ...esbuild(lines, mainFile),
    ...python(lines, mainFile),
    ...node(lines, mainFile),
  ];
  const unique = new Map(found.map((one) => [`${one.line}:${one.column}:${one.message}`, one]));
  return [...unique.values()].slice(0, MAX_DIAGNOSTICS);
}

function isMain(file: string | undefined, mainFile: string): boolean {
  return file === mainFile || file?.endsWith(`/${mainFile}`) === true;
}

function eachLine(lines: readonly string[], mainFile: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of lines) {
    const gcc = GCC.exec(line)?.groups;
    if (gcc && isMain(gcc.file, mainFile)) {
      found.push({
        line: Number(gcc.line),
        column: gcc.column ? Number(gcc.column) : null,
        severity: gcc.severity === "warning" ? "warning" : "error",
        message: gcc.message ?? "",
      });
      continue;
    }
    const shell = SHELL.exec(line)?.groups;
    if (shell && isMain(shell.file, mainFile)) {
      found.push({ line: Number(shell.line), column: null, severity: "error", message: shell.message ?? "" });
    }
  }
  return found;
}

function esbuild(lines: readonly string[], mainFile: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  let head: { severity: "error" | "warning"; message: string } | null = null;
  for (const line of lines) {
    const start = ESBUILD_HEAD.exec(line)?.groups;
    if (start) {
      head = { severity: start.severity === "WARNING" ? "warning" : "error", message: start.message ?? "" };
      continue;
    }
    const place = ESBUILD_PLACE.exec(line)?.groups;
    if (!head || !place || !isMain(place.file, mainFile)) continue;
    // esbuild counts columns from 0.
    found.push({ ...head, line: Number(place.line), column: Number(place.column) + 1 });
    head = null;
  }
  return found;
}

/** The innermost frame of the main file, with the last line's words. */
function python(lines: readonly string[], mainFile: string): Diagnostic[] {
  let line: number | null = null;
  let message = "";
  for (const text of lines) {
    const frame = PYTHON_FRAME.exec(text)?.groups;
    if (frame) {
      if (isMain(frame.file, mainFile)) line = Number(frame.line);
      continue;
    }
    if (line !== null) message = PYTHON_ERROR.exec(text)?.groups?.message ?? message;
  }
  return line === null || message === "" ? [] : [{ line, column: null, severity: "error", message }];
}

/** The innermost frame of the main file; for a syntax error, which has none, the place above the message. */
function node(lines: readonly string[], mainFile: string): Diagnostic[] {
  const at = lines.findIndex((line) => NODE_ERROR.test(line));
  const message = NODE_ERROR.exec(lines[at] ?? "")?.groups?.message;
  if (message === undefined) return [];
  for (const text of lines.slice(at + 1)) {
    const frame = NODE_FRAME.exec(text)?.groups;
    if (frame && isMain(frame.file, mainFile)) {
      return [{ line: Number(frame.line), column: Number(frame.column), severity: "error", message }];
    }
  }
  for (const text of lines.slice(0, at)) {
    const place = NODE_PLACE.exec(text)?.groups;
    if (place && isMain(place.file, mainFile)) {
      return [{ line: Number(place.line), column: null, severity: "error", message }];
    }
  }
  return [];
}
