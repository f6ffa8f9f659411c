import type { AuditEntry } from "../schemas/admin";
import type { ExportFormat, RunDetail } from "../schemas/history";
import type { Program } from "../schemas/program";

/**
 * All runs of a viewer as a file, piece by piece. The first piece contains the first run, so a store that is away is noticed before the
 * answer begins.
 */
export function exportText(runs: AsyncIterable<RunDetail>, format: ExportFormat): AsyncGenerator<string> {
  return fileText(runs, formats("runs", RUN_COLUMNS)[format]);
}

/** The same of entries of the audit log. */
export function auditText(entries: AsyncIterable<AuditEntry>, format: ExportFormat): AsyncGenerator<string> {
  return fileText(entries, formats("entries", AUDIT_COLUMNS)[format]);
}

async function* fileText<Row>(rows: AsyncIterable<Row>, format: Format<Row>): AsyncGenerator<string> {
  const { begin, between, end, write } = format;
  let before = begin;
  for await (const row of rows) {
    yield before + write(row);
    before = between;
  }
  yield before === begin ? begin + end : end;
}

/** An account, its programs and its runs as one JSON object; `runs` are the pieces of the runs' JSON export. */
export async function* accountText(
  account: object,
  programs: AsyncIterable<Program>,
  runs: AsyncIterable<string>,
): AsyncGenerator<string> {
  let before = JSON.stringify(account).replace(/\}$/, ',"programs":[');
  let between = "";
  for await (const program of programs) {
    yield `${before}${between}${JSON.stringify(program)}`;
    before = "";
    between = ",\n";
  }
  before += "],";
  for await (const piece of runs) {
    yield before === "" ? piece : before + piece.slice(1);
    before = "";
  }
}

type Cell = string | number | boolean | null;

/** One cell of them: `standard=c++23 optimization=o2`. */
function optionsText({ options = {} }: RunDetail): string {
  return Object.entries(options)
    .map(([id, value]) => `${id}=${value}`)
    .join(" ");
}

type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => Cell])[];

const RUN_COLUMNS: Columns<RunDetail> = [
  ["id", (run) => run.id],
  ["createdAt", (run) => run.createdAt],
  ["finishedAt", (run) => run.finishedAt],
  ["title", (run) => run.title],
  ["language", (run) => run.language],
  ["options", (run) => optionsText(run)],
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

const AUDIT_COLUMNS: Columns<AuditEntry> = [
  ["id", (entry) => entry.id],
  ["at", (entry) => entry.at],
  ["action", (entry) => entry.action],
  ["actor", (entry) => entry.actor],
  ["subject", (entry) => entry.subject],
  ["network", (entry) => entry.network],
  ["browser", (entry) => entry.browser],
  ["detail", (entry) => entry.detail],
];

interface Format<Row> {
  begin: string;
  between: string;
  end: string;
  write: (row: Row) => string;
}

/** `name` is the field of the JSON object that has the rows. */
function formats<Row>(name: string, columns: Columns<Row>): Readonly<Record<ExportFormat, Format<Row>>> {
  return {
    json: { begin: `{"${name}":[`, between: ",\n", end: "]}\n", write: (each) => JSON.stringify(each) },
    csv: {
      begin: row(columns.map(([column]) => column)),
      between: "",
      end: "",
      write: (each) => row(columns.map(([, cell]) => cell(each))),
    },
  };
}

/** RFC 4180. */
function row(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/**
 * Where a spreadsheet may see a cell begin: at its beginning, and behind every separator that it may be set to, since a quote in the middle
 * of what it takes for a cell quotes nothing. Behind a comma nothing begins: with commas as separators the quotes hold, with others a comma
 * is none.
 */
const FORMULA = /^(?=[\t\r])|(?<=^|[;|\t\r\n])(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/gu;

/** Puts an apostrophe before what would be taken for a formula, which makes it text. Quotes whatever any separator could tear apart. */
function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return String(cell ?? "");
  const harmless = cell.replace(FORMULA, "'");
  return /[",;|\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
