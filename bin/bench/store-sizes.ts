import * as z from "zod";
import { filterOf, pageStatement } from "../../lib/store/embedded/list";
import { HOUR_STATEMENT } from "../../lib/store/embedded/quota";
import { readingEmbedded } from "../../lib/store/testing/embedded-reading";
import { withDatabase } from "../../lib/store/testing/mongo-server";
import { printTable, round } from "./figures";

const sizeRow = z.object({ name: z.string(), table: z.string().nullable(), bytes: z.number() });
const planRow = z.object({ detail: z.string() });

/** What each table and index of an embedded database takes; the database is closed. Reads all of it, which takes a while. */
export function embeddedSizes(directory: string, runs: number) {
  return readingEmbedded(directory, (ask) => {
    const sql = `SELECT dbstat.name AS name, tbl_name AS "table", sum(pgsize) AS bytes FROM dbstat
      LEFT JOIN sqlite_schema ON sqlite_schema.name = dbstat.name GROUP BY dbstat.name ORDER BY bytes DESC`;
    const rows = z.array(sizeRow).parse(ask(sql));
    const shown = rows
      .filter(({ bytes }) => bytes > 1_000_000)
      .map(({ name, table, bytes }) => ({
        ...{ "": name, of: table === name ? "" : (table ?? ""), MB: round(bytes / 1e6) },
        ...{ "bytes a run": round(bytes / runs) },
      }));
    printTable("What the database takes", shown);
    return shown;
  });
}

/** How SQLite carries out what is asked most, as `EXPLAIN QUERY PLAN` says it. */
export function embeddedPlans(directory: string): Record<string, string> {
  const page = (query: Parameters<typeof filterOf>[1]) => {
    const { sql } = filterOf("owner", query);
    return pageStatement({ sql, values: [] });
  };
  const asked: Record<string, string> = {
    "first page": page({}),
    "deep page": pageStatement({ sql: "owner = ? AND (created_at, id) < (?, ?)", values: [] }),
    "of a language": page({ language: "python" }),
    "of a language and status": page({ language: "python", status: "error" }),
    pinned: page({ pinned: true }),
    "of a program": page({ program: "p" }),
    "a week": page({ from: new Date(0), to: new Date(1) }),
    "runs by hour": HOUR_STATEMENT,
    expired: "SELECT seq, bytes FROM runs WHERE expires_at <= ? LIMIT ?",
    "the oldest of an owner": `SELECT seq, owner, bytes FROM runs WHERE owner = ? AND pinned = ? AND status <> 'running'
      ORDER BY created_at, id LIMIT ?`,
    "the oldest of a plan": `SELECT seq, owner, bytes FROM runs WHERE plan = ? AND pinned = ? AND status <> 'running'
      ORDER BY created_at, id LIMIT ?`,
    "interrupted runs": "SELECT id FROM runs WHERE status = 'running' AND instance IS NOT ? LIMIT ?",
  };
  return readingEmbedded(directory, (ask) =>
    Object.fromEntries(
      Object.entries(asked).map(([name, sql]) => {
        const steps = z.array(planRow).parse(ask(`EXPLAIN QUERY PLAN ${sql}`));
        // The subquery that counts a row's tests is the same in all of them.
        return [name, steps[0]?.detail ?? ""];
      }),
    ),
  );
}

const statsSchema = z.looseObject({
  size: z.number().optional(),
  storageSize: z.number().optional(),
  indexSizes: z.record(z.string(), z.number()).optional(),
});

/** What MongoDB says of its collections. A stand-in may say nothing. */
export async function mongoSizes(uri: string) {
  const shown: Record<string, string | number>[] = [];
  await withDatabase(uri, async (connection) => {
    for (const collection of ["runs", "run_requests", "run_results"]) {
      const answer = await connection.db?.command({ collStats: collection });
      const { size = Number.NaN, storageSize = Number.NaN, indexSizes = {} } = statsSchema.parse(answer);
      shown.push({ "": collection, MB: round(size / 1e6), "MB on disk": round(storageSize / 1e6) });
      for (const [name, bytes] of Object.entries(indexSizes))
        shown.push({ "": `  ${name}`, MB: "", "MB on disk": round(bytes / 1e6) });
    }
  });
  printTable("What the database takes", shown);
  return shown;
}
