import type { RunChange, RunEnd, StoredResult, StoredRun } from "../index";
import { searchText } from "../search";
import { dayOf } from "../spans";
import { staysDown } from "../stored-moderation";
import { figuresOf, fitResult, onceOf, previewOf, ROW_BYTES, type Running } from "../stored-run";
import type { EmbeddedDatabase } from "./database";
import { type Packed, pack, packedBytes } from "./packed";
import { refundRun } from "./quota";
import { chargeRow, flag, seqRow } from "./rows";

/** Call it inside a transaction. `false` when the id is taken. */
export function insertRun(database: EmbeddedDatabase, run: StoredRun, running: Running): boolean {
  const { durationMs, memoryUsed, exitCode } = figuresOf(run.result);
  const request = pack(run.request);
  const search = searchText(run.title, run.request.code);
  const result = run.result && pack(onceOf(run.result));
  const bytes =
    ROW_BYTES + packedBytes(request) + Buffer.byteLength(search) + (result ? packedBytes(result) : 0);
  const inserted = database.get(
    seqRow,
    `INSERT INTO runs (id, owner, language, status, title, preview, visibility, takedown, pinned, program, plan, image, instance,
       charged_to, ceilings, created_at, finished_at, expires_at, duration_ms, memory_used, exit_code, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING seq`,
    run.id,
    run.owner,
    run.request.language,
    run.status,
    run.title,
    previewOf(run.request.code),
    run.visibility,
    run.takedown && JSON.stringify(run.takedown),
    run.pinned ? 1 : 0,
    run.program,
    run.plan,
    run.image,
    run.status === "running" ? running.instance : null,
    run.status === "running" ? running.chargedTo : null,
    run.status === "running" && running.ceilings.length > 0 ? JSON.stringify(running.ceilings) : null,
    run.createdAt.getTime(),
    run.finishedAt?.getTime() ?? null,
    run.expiresAt?.getTime() ?? null,
    durationMs,
    memoryUsed,
    exitCode,
    bytes,
  );
  if (!inserted) return false;
  const limits = run.limits && JSON.stringify(run.limits);
  database.run(
    "INSERT INTO run_requests (run, request, limits, texts) VALUES (?, ?, ?, ?)",
    inserted.seq,
    request.json,
    limits,
    request.texts,
  );
  database.run("INSERT INTO run_search VALUES (?, ?)", inserted.seq, search);
  if (result) insertResult(database, inserted.seq, result);
  return true;
}

function insertResult(database: EmbeddedDatabase, seq: number, { json, texts }: Packed): void {
  database.run("INSERT INTO run_results (run, result, texts) VALUES (?, ?, ?)", seq, json, texts);
}

/** Call it inside a transaction. `false` when the run has ended or is deleted. */
export function endRun(
  database: EmbeddedDatabase,
  id: string,
  whole: StoredResult,
  { image, refund = false }: RunEnd,
): boolean {
  if (refund) refundCharge(database, id);
  const result = fitResult(whole);
  const packed = pack(onceOf(result));
  const { durationMs, memoryUsed, exitCode } = figuresOf(result);
  const ended = database.get(
    seqRow,
    `UPDATE runs SET status = ?, finished_at = ?, duration_ms = ?, memory_used = ?, exit_code = ?,
       image = coalesce(?, image), instance = NULL, charged_to = NULL, ceilings = NULL, bytes = bytes + ?
     WHERE id = ? AND status = 'running' RETURNING seq`,
    result.status,
    Date.now(),
    durationMs,
    memoryUsed,
    exitCode,
    image ?? null,
    packedBytes(packed),
    id,
  );
  if (!ended) return false;
  insertResult(database, ended.seq, packed);
  return true;
}

function refundCharge(database: EmbeddedDatabase, id: string): void {
  const charge = database.get(
    chargeRow,
    `SELECT charged_to AS chargedTo, ceilings, created_at AS createdAt FROM runs
     WHERE id = ? AND status = 'running' AND charged_to IS NOT NULL`,
    id,
  );
  if (charge) refundRun(database, charge.chargedTo, dayOf(charge.createdAt), charge.ceilings ?? []);
}

/** Call it inside a transaction. `false` when the owner has no such run; throws as `updateRun`. */
export function changeRun(database: EmbeddedDatabase, id: string, owner: string, change: RunChange): boolean {
  const sql = "SELECT seq, takedown IS NOT NULL AS takenDown FROM runs WHERE id = ? AND owner = ?";
  const found = database.get(seqRow.extend({ takenDown: flag }), sql, id, owner);
  if (!found) return false;
  const { title, pinned, visibility } = change;
  if (found.takenDown && visibility !== undefined && visibility !== "private") throw staysDown();
  if (title !== undefined) {
    database.run("UPDATE runs SET title = ? WHERE seq = ?", title, found.seq);
    // Replaces the title's part and keeps the code's: `searchText(title, "")` is the part up to and including the separator.
    database.run(
      "UPDATE run_search SET text = ? || substr(text, instr(text, ?) + 1) WHERE run = ?",
      searchText(title, ""),
      searchText(null, ""),
      found.seq,
    );
  }
  if (pinned !== undefined) {
    database.run("UPDATE runs SET pinned = ? WHERE seq = ?", pinned ? 1 : 0, found.seq);
  }
  if (visibility !== undefined) {
    database.run("UPDATE runs SET visibility = ? WHERE seq = ?", visibility, found.seq);
  }
  return true;
}
