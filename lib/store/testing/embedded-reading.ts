import path from "node:path";
import Database from "libsql";

/** Asks an embedded database for what no store tells, such as how it carries out a statement. */
export function readingEmbedded<T>(directory: string, work: (ask: (sql: string) => unknown[]) => T): T {
  const database = new Database(path.join(directory, "quicksand.db"));
  try {
    return work((sql) => database.prepare(sql).all());
  } finally {
    database.close();
  }
}
