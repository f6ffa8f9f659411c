import fs from "node:fs";
import path from "node:path";

const DOCUMENT = "docs/faults.md";

/** Headings of the table, in its order, by the `kind` that a test notes. */
const KINDS = new Map([
  ["engine", "Docker as a whole"],
  ["engine call", "A call to Docker fails once"],
  ["store", "The database"],
  ["redis", "Redis"],
  ["app killed", "The server is killed with `kill -9` at a point of a run"],
  ["app killed, cells", "The same, with runs in cells"],
  ["worker killed", "A worker is killed with `kill -9` at a point of a run"],
  ["client", "Clients"],
  ["load", "Load"],
  ["clock", "The server's clock jumps"],
]);

const INTRODUCTION = `# Faults

What happens to runs when something breaks. Each row is a test: real server and worker processes (their API; pages are
the end-to-end tests'), real Docker behind a proxy that can be at fault, real databases. \`npm run test:faults\` runs them and prints this table; \`npm run test:faults -- --write\` writes it
here. The times are those of the machine that wrote it, from the fault's end, or the start anew, until runs were a
success again and nothing was left behind; they are no promise.
`;

/**
 * @typedef {{ kind: string, fault: string, seen: string, lost: string, recoveredMs: number | null }} FaultRow
 * @param {string} text one row a line, as `noteFault` writes them
 * @returns {FaultRow[]}
 */
export function faultRows(text) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** The rows as Markdown, by kind. Throws for a kind that has no heading. @param {readonly FaultRow[]} rows */
export function faultTable(rows) {
  const unknown = rows.find(({ kind }) => !KINDS.has(kind));
  if (unknown) throw new Error(`There is no heading for faults of the kind ${unknown.kind}.`);
  const parts = [...KINDS].map(([kind, heading]) => {
    const lines = rows.filter((row) => row.kind === kind).map(lineOf);
    if (lines.length === 0) return "";
    const head = "| fault | what people see | what is lost | recovers in |\n| --- | --- | --- | --- |";
    return `## ${heading}\n\n${head}\n${lines.join("\n")}\n`;
  });
  return parts.filter((part) => part !== "").join("\n");
}

/** @param {string} root @param {readonly FaultRow[]} rows */
export function writeFaults(root, rows) {
  fs.writeFileSync(path.join(root, DOCUMENT), `${INTRODUCTION}\n${faultTable(rows)}`);
}

/** @param {FaultRow} row */
function lineOf({ fault, seen, lost, recoveredMs }) {
  const cells = [fault, seen, lost, recoveredMs === null ? "–" : seconds(recoveredMs)];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

function seconds(ms) {
  return `${(ms / 1_000).toFixed(1)} s`;
}
