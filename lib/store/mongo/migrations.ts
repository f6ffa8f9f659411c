import type { Model } from "mongoose";
import { AppError } from "../../errors";
import { measure, recount } from "./kept";
import type { Models } from "./schemas";

type Migration = (models: Models) => Promise<unknown>;

/**
 * Applied in order; a change of the schema is a new migration at the end. Each must be repeatable, even while another process runs it,
 * because there is no transaction around it.
 */
export const MIGRATIONS: readonly Migration[] = [
  ({ runs, requests, results, artifacts, usage, deletions, instances }) =>
    make([runs, requests, results, artifacts, usage, deletions, instances]),
  // One more index of runs, by time.
  ({ runs }) => make([runs]),
  ({ users, sessions, keys, audit }) => make([users, sessions, keys, audit]),
  // One more index of the audit log, by kind.
  ({ audit }) => make([audit]),
  ({ tokens }) => make([tokens]),
  // The lock of admins' changes, and an index of users by it.
  ({ users, locks }) => make([users, locks]),
  async (models) => {
    await make([models.runs, models.kept]);
    await measure(models);
    await recount(models, new Date());
  },
  ({ reportCases }) => make([reportCases]),
  // Files in parts; those that were stored in one piece stay as they are.
  ({ artifactParts }) => make([artifactParts]),
  ({ counts }) => make([counts]),
  // Accounts that wait for approval, and the first admin's code.
  ({ users, adminCodes }) => make([users, adminCodes]),
  // Programs, and an index of runs by the program they are of.
  ({ programs, runs }) => make([programs, runs]),
  // Answers of requests that may be sent again.
  ({ answers }) => make([answers]),
  ({ webhooks, deliveries }) => make([webhooks, deliveries]),
  // Files that outlive runs.
  ({ sessionFiles }) => make([sessionFiles]),
];

/** One after another: a first insert that raced the creation of its collection was seen to hang. */
async function make(models: readonly Pick<Model<unknown>, "createCollection" | "createIndexes">[]) {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
}

const SCHEMA_ID = "quicksand";

/** Brings a database up to date. Throws for a database of a later version, which is left untouched. */
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
