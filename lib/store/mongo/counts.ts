import type { KeptCount } from "../index";
import type { Models } from "./schemas";

export async function loadCounts(models: Models, now: Date): Promise<KeptCount[]> {
  const rows = await models.counts.find({ expiresAt: { $gt: now } }).lean();
  return rows.map(({ _id: key, points, expiresAt }) => ({ key, points, expiresAt }));
}

export async function saveCounts(models: Models, counts: readonly KeptCount[]): Promise<void> {
  if (counts.length === 0) return;
  const writes = counts.map(({ key, points, expiresAt }) =>
    points === 0
      ? { deleteOne: { filter: { _id: key } } }
      : {
          updateOne: { filter: { _id: key }, update: { $set: { points, expiresAt } }, upsert: true },
        },
  );
  await models.counts.bulkWrite(writes, { ordered: false, writeConcern: { w: 1 } });
}
