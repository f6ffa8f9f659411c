import fs from "node:fs";
import path from "node:path";
import type { StoreLook } from "../look";
import { MIGRATIONS } from "./migrations";

const MAGIC = "SQLite format 3\0";
/** Where a database file says its `user_version`, as a big-endian number of four bytes. */
const VERSION_AT = 60;
const HEADER_BYTES = 100;

/** Reads the file's header only: opening a database after a crash would already write to it. Throws for a file that is no database. */
export function lookAtEmbedded(directory: string): StoreLook {
  const file = path.join(directory, "quicksand.db");
  const look = { kind: "embedded", knownSchema: MIGRATIONS.length, halfRestored: false } as const;
  if (!fs.existsSync(file)) return { ...look, schema: null, bytes: 0, clockAheadMs: null };
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = fs.openSync(file, "r");
  try {
    fs.readSync(descriptor, header);
  } finally {
    fs.closeSync(descriptor);
  }
  const { size, mtimeMs } = fs.statSync(file);
  const whole = size === 0 || header.toString("latin1", 0, MAGIC.length) === MAGIC;
  if (!whole) throw new Error(`${file} is no database.`);
  const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false });
  const written = Math.max(mtimeMs, log?.mtimeMs ?? 0);
  return {
    ...look,
    schema: size === 0 ? null : header.readUInt32BE(VERSION_AT),
    bytes: size + (log?.size ?? 0),
    clockAheadMs: written - Date.now(),
  };
}
