import type { Model } from "mongoose";
import { AppError } from "../../errors";
import type { Models } from "./schemas";

type Migration = (models: Models) => Promise<unknown>;

/**
 * In order, each once, for ever: a change is a new one at the end. Each can run again, also while another process runs it,
 * because MongoDB has no transaction around it.
 */
export const MIGRATIONS: readonly Migration[] = [
  ({ runs, requests, results, artifacts, usage, deletions, instances }) =>
    make([runs, requests, results, artifacts, usage, deletions, instances]),
  // Runs have one more index, by time.
  ({ runs }) => make([runs]),
  ({ users, sessions, keys, audit }) => make([users, sessions, keys, audit]),
];

/** One after another: a first insert that races the making of its collection was seen to hang. */
async function make(models: readonly Pick<Model<unknown>, "createCollection" | "createIndexes">[]) {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
}

const SCHEMA_ID = "quicksand";

/** Brings a database to our schema; a database of a later Quicksand is left untouched. */
export async function migrate(models: Models, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const version = (await models.schema.findById(SCHEMA_ID).lean())?.version ?? 0;
  if (version > migrations.length) {
    throw new AppError(
      "store_unavailable",
      `The database has schema ${version}; this Quicksand knows up to ${migrations.length}. Start the newer Quicksand that wrote it, or restore a backup from before.`,
    );
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    await migration(models);
    await models.schema.updateOne({ _id: SCHEMA_ID }, { $max: { version: index + 1 } }, { upsert: true });
  }
}
