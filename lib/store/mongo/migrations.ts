import type { Model } from "mongoose";
import { AppError } from "../../errors";
import { assertSchemaVersion } from "../schema-version";
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

export const SCHEMA_ID = "quicksand";
/** Beside the schema's version while a backup is restored, and after a restore that was cut short. */
export const RESTORE_ID = "restore";

/** Throws for a database of a later version, and for one with a part of a backup. Writes nothing. */
export async function assertOpenable(models: Models): Promise<void> {
  await assertWhole(models);
  const version = (await schemaVersion(models)) ?? 0;
  if (version <= MIGRATIONS.length) return;
  throw new AppError(
    "store_unavailable",
    `The database has schema ${version}; this Quicksand knows up to ${MIGRATIONS.length}. Start the newer Quicksand that wrote it, or restore a backup from before.`,
  );
}

/** Brings a database up to date. Throws as `assertOpenable`. */
export async function migrate(models: Models): Promise<void> {
  await assertOpenable(models);
  await applyFrom((await schemaVersion(models)) ?? 0, models);
}

async function applyFrom(version: number, models: Models): Promise<void> {
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    await migration(models);
    await models.schema.updateOne({ _id: SCHEMA_ID }, { $max: { version: index + 1 } }, { upsert: true });
  }
}

async function schemaVersion({ schema }: Models): Promise<number | null> {
  return (await schema.findById(SCHEMA_ID).lean())?.version ?? null;
}

/** Throws `store_unavailable` for a database with a part of a backup. */
export async function assertWhole({ schema }: Models): Promise<void> {
  if (!(await schema.exists({ _id: RESTORE_ID }))) return;
  throw new AppError(
    "store_unavailable",
    "A backup is being restored into the database, or its restore was cut short: wait for it, or restore again.",
  );
}

/** In place of `migrate`, for who only reads: throws for a database of another version, and for one with a part of a backup. */
export async function assertReadable(models: Models): Promise<void> {
  await assertWhole(models);
  assertSchemaVersion(await schemaVersion(models), MIGRATIONS.length, "at MONGODB_URI");
}

/** Empties a database of any version and makes it anew. What marks a restore stays, and so do the processes that use it. */
export async function startAnew({ schema, instances, ...models }: Models): Promise<void> {
  for (const model of Object.values(models) as Model<unknown>[]) {
    try {
      await model.collection.drop();
    } catch (error) {
      // Servers before MongoDB 7 do not drop what is not there.
      if (!(error instanceof Error && "code" in error && error.code === NAMESPACE_NOT_FOUND)) throw error;
    }
  }
  await schema.deleteOne({ _id: SCHEMA_ID });
  await applyFrom(0, { schema, instances, ...models });
}

const NAMESPACE_NOT_FOUND = 26;
