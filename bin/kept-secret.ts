import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";

const FILE = "secret";

/** The secret that the server uses, or would; `null` where none was made yet. */
export async function knownSecret(configured: string | undefined, dataDir: string): Promise<string | null> {
  if (configured !== undefined) return configured;
  try {
    return (await fs.readFile(path.join(dataDir, FILE), "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Writes it in place of the one that is there, whole or not at all, readable to this user only. */
export async function keepSecret(secret: string, dataDir: string): Promise<void> {
  await fs.mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = path.join(dataDir, `${FILE}.${randomUUID()}`);
  const handle = await fs.open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(draft, path.join(dataDir, FILE));
}
