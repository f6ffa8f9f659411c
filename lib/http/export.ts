import type { ExportFormat, RunDetail } from "../schemas/history";

/**
 * All runs of a viewer as a file, piece by piece. The first piece contains the first run, so a store that is away is noticed before the
 * answer begins.
 */
export async function* exportText(
  runs: AsyncIterable<RunDetail>,
  format: ExportFormat,
): AsyncGenerator<string> {
  const { begin, between, end, write } = FORMATS[format];
  let before = begin;
  for await (const run of runs) {
    yield before + write(run);
    before = between;
  }
  yield before === begin ? begin + end : end;
}

/** An account and its runs as one JSON object; `runs` are the pieces of the runs' JSON export. */
export async function* accountText(account: object, runs: AsyncIterable<string>): AsyncGenerator<string> {
  let before = JSON.stringify(account).replace(/\}$/, ",");
  for await (const piece of runs) {
    yield before === "" ? piece : before + piece.slice(1);
    before = "";
  }
}

type Cell = string | number | boolean | null;

const COLUMNS: readonly (readonly [name: string, cell: (run: RunDetail) => Cell])[] = [
  ["id", (run) => run.id],
  ["createdAt", (run) => run.createdAt],
  ["finishedAt", (run) => run.finishedAt],
  ["title", (run) => run.title],
  ["language", (run) => run.language],
  ["status", (run) => run.status],
  ["exitCode", (run) => run.output.exitCode],
  ["signal", (run) => run.output.signal],
  ["durationMs", (run) => run.durationMs],
  ["cpuMs", (run) => run.cpuMs],
  ["memoryUsed", (run) => run.memoryUsed],
  ["queuedMs", (run) => run.queuedMs],
  ["visibility", (run) => run.visibility],
  ["pinned", (run) => run.pinned],
  ["image", (run) => run.image],
  ["code", (run) => run.request.code],
  ["stdin", (run) => run.request.stdin],
  ["args", (run) => JSON.stringify(run.request.args)],
  ["files", (run) => JSON.stringify(run.request.files)],
  ["stdout", (run) => run.output.stdout],
  ["stderr", (run) => run.output.stderr],
  ["message", (run) => run.message],
];

interface Format {
  begin: string;
  between: string;
  end: string;
  write: (run: RunDetail) => string;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  json: { begin: '{"runs":[', between: ",\n", end: "]}\n", write: (run) => JSON.stringify(run) },
  csv: {
    begin: row(COLUMNS.map(([name]) => name)),
    between: "",
    end: "",
    write: (run) => row(COLUMNS.map(([, cell]) => cell(run))),
  },
};

/** RFC 4180. */
function row(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Prefixes what a spreadsheet would take for a formula with an apostrophe, which makes it text there. */
function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return String(cell ?? "");
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
