/** The rows that the suite of faults prints at its end, and that docs/faults.md has. */
import { appendFileSync } from "node:fs";

export interface FaultRow {
  /** Which of the kinds it belongs to; rows are sorted by it. */
  kind: FaultKind;
  fault: string;
  /** The status, error code and message that the caller received. */
  seen: string;
  lost: string;
  /** From the end of the fault, or from the start anew, until a run was a success again; `null` where nothing had to recover. */
  recoveredMs: number | null;
}

/** In the order of the table. */
export type FaultKind =
  | "engine"
  | "engine call"
  | "store"
  | "redis"
  | "app killed"
  | "app killed, cells"
  | "worker killed"
  | "client"
  | "load"
  | "clock";

/** Notes what a test has seen; `bin/testing/fault-table.mjs` reads it. */
export function noteFault(row: FaultRow): void {
  const file = process.env.QUICKSAND_FAULTS_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
  else process.stdout.write(`${JSON.stringify(row)}\n`);
}
