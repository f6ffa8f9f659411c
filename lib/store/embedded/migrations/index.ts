import { AppError } from "../../../errors";
import { runs } from "./0001-runs";
import { charges } from "./0002-charges";
import { accounts } from "./0003-accounts";

/** In order, each once, for ever: a change of the schema is a new one at the end, never a change of an old one. */
export const MIGRATIONS: readonly string[] = [runs, charges, accounts];

interface Migratable {
  version(): number;
  /** Runs the statements and sets the version, both or neither. */
  advance(sql: string, version: number): void;
}

/** Brings a database to our schema; does nothing where it is. A database of a later Quicksand is left untouched. */
export function migrate(database: Migratable, migrations: readonly string[] = MIGRATIONS): void {
  const version = database.version();
  if (version > migrations.length) {
    throw new AppError(
      "store_unavailable",
      `The database has schema ${version}; this Quicksand knows up to ${migrations.length}. Start the newer Quicksand that wrote it, or restore a backup from before.`,
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index >= version) database.advance(sql, index + 1);
  }
}
