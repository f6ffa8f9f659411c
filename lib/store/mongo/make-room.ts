import type { PlanId } from "../../schemas/plan";
import { LONG_STEP_MS, type MongoDatabase } from "./database";
import { idOfOwner, idOfPlan } from "./kept";
import type { Models } from "./schemas";
import { erase } from "./write";

const BATCH_ROWS = 50;

/** See `Store.makeRoom`. */
export async function makeRoom(
  database: MongoDatabase,
  { owner, plan }: { owner: string; plan: PlanId },
  { ownerBytes, planBytes }: { ownerBytes: number; planBytes: number },
): Promise<number> {
  const own = await shrink(database, idOfOwner(owner), { owner }, ownerBytes);
  return own + (await shrink(database, idOfPlan(plan), { plan }, planBytes));
}

async function shrink(
  database: MongoDatabase,
  id: string,
  scope: { owner: string } | { plan: PlanId },
  limitBytes: number,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await database.step((models) => removeOldest(models, id, scope, limitBytes), LONG_STEP_MS);
    if (batch === 0) return removed;
    removed += batch;
  }
}

async function removeOldest(
  models: Models,
  id: string,
  scope: { owner: string } | { plan: PlanId },
  limitBytes: number,
): Promise<number> {
  const excess = ((await models.kept.findById(id, { bytes: 1 }).lean())?.bytes ?? 0) - limitBytes;
  if (excess <= 0) return 0;
  const unpinned = await oldest(models, scope, false);
  const rows = unpinned.length > 0 ? unpinned : await oldest(models, scope, true);
  let sum = 0;
  const end = rows.findIndex(({ bytes = 0 }) => {
    sum += bytes;
    return sum >= excess;
  });
  const batch = end < 0 ? rows : rows.slice(0, end + 1);
  if (batch.length === 0) return 0;
  const ids = batch.map((row) => row._id);
  const erased = await erase(models, ids, { status: { $ne: "running" } });
  await tellOwners(models, batch);
  return erased;
}

function oldest(models: Models, scope: { owner: string } | { plan: PlanId }, pinned: boolean) {
  return models.runs
    .find({ ...scope, pinned, status: { $ne: "running" } }, { owner: 1, bytes: 1 })
    .sort({ order: 1 })
    .limit(BATCH_ROWS)
    .hint("owner" in scope ? { owner: 1, order: 1 } : { plan: 1, order: 1 })
    .lean();
}

async function tellOwners(models: Models, removed: readonly { owner: string }[]): Promise<void> {
  const removedAt = new Date();
  const owners = new Map<string, number>();
  for (const { owner } of removed) owners.set(owner, (owners.get(owner) ?? 0) + 1);
  await models.kept.bulkWrite(
    [...owners].map(([owner, removedRuns]) => ({
      updateOne: {
        filter: { _id: idOfOwner(owner) },
        update: { $inc: { removedRuns }, $set: { removedAt }, $setOnInsert: { runs: 0, bytes: 0 } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}
