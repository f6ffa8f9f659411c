import { randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { MIN_SECRET_CHARS } from "../env";
import { AppError } from "../errors";
import { createOnce } from "../system/create-once";

const FILE_NAME = "secret";
const DRAFT_PREFIX = `${FILE_NAME}.draft-`;

/**
 * The server's secret: the configured one, or one made at the first start and kept, readable to this user only, in the
 * data directory. Processes that start at once agree: the file appears whole or not at all, and only once.
 */
export async function loadSecret(configured: string | undefined, dataDir: string): Promise<string> {
  if (configured !== undefined) return configured;
  const file = path.join(dataDir, FILE_NAME);
  const known = await readSecret(file);
  if (known !== null) return known;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await createOnce(file, `${randomBytes(32).toString("base64url")}\n`);
  const made = await readSecret(file);
  if (made === null) throw new Error(`${file} was removed while the server started; start it again.`);
  return made;
}

/** As `loadSecret`, but makes none: `null` where there is none yet. */
export async function knownSecret(configured: string | undefined, dataDir: string): Promise<string | null> {
  return configured ?? readSecret(path.join(dataDir, FILE_NAME));
}

/** A secret on disk that is not the server's yet. */
export interface DraftedSecret {
  /** Puts it in the place of the one that is there, at once and for good. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Writes a secret beside the one that is in the data directory. Throws `invalid_request` for one that no server starts with. Only one
 * caller may call `keep`: it removes what others left that were ended before they did.
 */
export async function draftSecret(secret: string, dataDir: string): Promise<DraftedSecret> {
  if (secret.length < MIN_SECRET_CHARS) {
    throw new AppError(
      "invalid_request",
      `The secret to be kept has ${secret.length} characters; a secret has at least ${MIN_SECRET_CHARS}. Take another backup.`,
    );
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = path.join(dataDir, `${DRAFT_PREFIX}${randomUUID()}`);
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return {
    async keep() {
      await rename(draft, path.join(dataDir, FILE_NAME));
      await syncFolder(dataDir);
      const left = (await readdir(dataDir)).filter((name) => name.startsWith(DRAFT_PREFIX));
      for (const name of left) await rm(path.join(dataDir, name), { force: true });
    },
    discard: () => rm(draft, { force: true }),
  };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readSecret(file: string): Promise<string | null> {
  let secret: string;
  try {
    secret = (await readFile(/* turbopackIgnore: true */ file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  if (secret.length < MIN_SECRET_CHARS) {
    throw new AppError(
      "internal",
      `${file} holds ${secret.length} characters; a secret has at least ${MIN_SECRET_CHARS}. Remove the file to have a new one made (everybody is then signed out), or set NEXTAUTH_SECRET.`,
    );
  }
  await chmod(file, 0o600);
  return secret;
}
