import { randomUUID } from "node:crypto";
import { link, open, rm } from "node:fs/promises";

/**
 * Writes `file` unless it exists; says whether this call made it. The file appears whole or not at all, on disk before it is visible,
 * readable to this user only; of processes that try at the same time one succeeds. Its folder must exist.
 */
export async function createOnce(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(/* turbopackIgnore: true */ draft, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
