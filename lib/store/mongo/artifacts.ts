import type { ArtifactHead, StoredArtifact } from "../index";
import { ARTIFACT_PART_BYTES } from "../stored-run";
import { insertNew } from "./insert";
import type { Models } from "./schemas";

/** Stores all files of a run: first their parts, so that a file which is found is whole. */
export async function putArtifacts(
  models: Models,
  id: string,
  artifacts: readonly StoredArtifact[],
): Promise<boolean> {
  const isRunning = () => models.runs.exists({ _id: id, status: "running" });
  if (!(await isRunning())) return false;
  await removeArtifacts(models, [id]);
  await insertArtifacts(models, id, artifacts);
  // It may have been deleted meanwhile, before these files were written.
  if (await isRunning()) return true;
  await removeArtifacts(models, [id]);
  return false;
}

/** Whoever calls it sees to it that the run is there, now or afterwards. */
export async function insertArtifacts(
  models: Models,
  id: string,
  artifacts: readonly StoredArtifact[],
): Promise<void> {
  await insertNew(
    models.artifactParts,
    artifacts.flatMap((artifact) => partsOf(id, artifact)),
  );
  await insertNew(
    models.artifacts,
    artifacts.map(({ name, type, bytes }) => ({ run: id, name, type, size: bytes.byteLength, bytes: null })),
  );
}

function partsOf(run: string, { name, bytes }: StoredArtifact) {
  const count = Math.ceil(bytes.byteLength / ARTIFACT_PART_BYTES);
  return Array.from({ length: count }, (_, part) => {
    const begin = part * ARTIFACT_PART_BYTES;
    return { run, name, part, bytes: Buffer.from(bytes.subarray(begin, begin + ARTIFACT_PART_BYTES)) };
  });
}

export async function removeArtifacts(models: Models, runs: readonly string[]): Promise<void> {
  await models.artifacts.deleteMany({ run: { $in: runs } });
  await models.artifactParts.deleteMany({ run: { $in: runs } });
}

export async function findArtifact(models: Models, id: string, name: string): Promise<ArtifactHead | null> {
  const found = await models.artifacts.findOne({ run: id, name }, { bytes: 0 }).lean();
  if (!found) return null;
  const { type, size } = found;
  return { name, type, size: size ?? (await wholeFile(models, id, name))?.byteLength ?? 0 };
}

export async function readArtifact(
  models: Models,
  id: string,
  name: string,
  part: number,
): Promise<Uint8Array | null> {
  const found = await models.artifactParts.findOne({ run: id, name, part }).lean();
  if (found) return found.bytes;
  const begin = part * ARTIFACT_PART_BYTES;
  const whole = await wholeFile(models, id, name);
  return whole && begin < whole.byteLength ? whole.subarray(begin, begin + ARTIFACT_PART_BYTES) : null;
}

/** Earlier versions stored a file in one piece. */
async function wholeFile(models: Models, run: string, name: string): Promise<Uint8Array | null> {
  const found = await models.artifacts.findOne({ run, name }, { bytes: 1 }).lean();
  return found?.bytes ?? null;
}
