import { writeFileSync } from "node:fs";
import os from "node:os";

/** One row of a table: the target and its times in milliseconds. */
export interface Series {
  name: string;
  timesMs: number[];
  errors: number;
}

/** The `share` quantile (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export interface Summary {
  name: string;
  n: number;
  errors: number;
  minMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

export function summarise({ name, timesMs, errors }: Series): Summary {
  const at = (share: number) => round(percentile(timesMs, share));
  return { name, n: timesMs.length, errors, minMs: at(0), p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** Prints the rows, each with the ratio of its median to the first row's, which is the floor. */
export function printTimes(title: string, series: readonly Series[]): Summary[] {
  const summaries = series.map(summarise);
  const floor = summaries[0]?.p50Ms ?? Number.NaN;
  printTable(
    title,
    summaries.map((row) => ({
      "": row.name,
      n: row.n,
      errors: row.errors,
      min: row.minMs,
      p50: row.p50Ms,
      p95: row.p95Ms,
      p99: row.p99Ms,
      "p50 / floor": round(row.p50Ms / floor),
      "p95 / floor": round(row.p95Ms / floor),
    })),
  );
  return summaries;
}

/** A missing value, such as that of a tool that the host lacks, is a dash. */
function shown(value: string | number | undefined): string {
  return typeof value === "number" && Number.isNaN(value) ? "–" : String(value ?? "");
}

/** A text table: the first column left-aligned, numbers right-aligned. */
export function printTable(title: string, rows: readonly Record<string, string | number>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const line of cells) {
    console.log(
      `  ${line.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join("  ")}`,
    );
  }
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Writes the figures together with a description of the machine. */
export function writeJson(file: string | null, mode: string, figures: unknown): void {
  if (!file) return;
  const machine = {
    cpus: os.cpus().length,
    model: os.cpus()[0]?.model,
    memoryBytes: os.totalmem(),
    kernel: os.release(),
  };
  writeFileSync(
    file,
    `${JSON.stringify({ mode, at: new Date().toISOString(), machine, figures }, null, 2)}\n`,
  );
}
