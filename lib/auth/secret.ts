import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createOnce } from "../system/create-once";

const FILE_NAME = "secret";

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

async function readSecret(file: string): Promise<string | null> {
  let secret: string;
  try {
    secret = (await readFile(/* turbopackIgnore: true */ file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  if (secret.length < 32) {
    throw new Error(
      `${file} holds ${secret.length} characters; a secret has at least 32. Remove the file to have a new one made (everybody is then signed out), or set NEXTAUTH_SECRET.`,
    );
  }
  await chmod(file, 0o600);
  return secret;
}
