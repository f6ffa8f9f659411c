import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createOnce } from "../system/create-once";
import { processStart } from "../system/process-start";
import type { Ownership } from "./labels";

/** How often a process touches its file to show that it is alive. */
const HEARTBEAT_MS = 15_000;
/** Age of the file at which its process counts as dead, where the process cannot be looked up. */
const DEAD_AFTER_MS = 60_000;

/** This process, among all that share its data directory. */
export interface Instance extends Ownership {
  /** Whether another process is known to be alive. */
  lives(instance: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Registers this process in `dataDir`, so that others can tell its containers from those of a dead process. */
export async function registerInstance(dataDir: string): Promise<Instance> {
  const folder = path.join(dataDir, "instances");
  await mkdir(folder, { recursive: true });
  const instance = randomUUID();
  const file = path.join(folder, instance);
  await writeFile(
    file,
    JSON.stringify({ host: os.hostname(), pid: process.pid, started: startOf(process.pid) }),
  );
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    owner: await ownerId(path.join(folder, "owner")),
    instance,
    lives: (other) => lives(path.join(folder, path.basename(other))),
    async close() {
      clearInterval(beat);
      await rm(file, { force: true });
    },
  };
}

/**
 * A random name of the data directory, unique among all that use the engine: paths and host names are the same in many
 * containers. Created once; processes that start at the same time get the same.
 */
async function ownerId(file: string): Promise<string> {
  await createOnce(file, randomUUID());
  return readFile(/* turbopackIgnore: true */ file, "utf8");
}

async function lives(file: string): Promise<boolean> {
  try {
    const { host, pid, started } = JSON.parse(
      await readFile(/* turbopackIgnore: true */ file, "utf8"),
    ) as Record<string, unknown>;
    const alive =
      host === os.hostname() && typeof pid === "number"
        ? startOf(pid) === started
        : Date.now() - (await stat(file)).mtimeMs < DEAD_AFTER_MS;
    if (!alive) await rm(file, { force: true });
    return alive;
  } catch {
    return false;
  }
}

/** Tells a process from a later one with the same id; `null` when there is no such process. */
function startOf(pid: number): string | null {
  return process.platform === "linux" ? processStart(pid) : processExists(pid);
}

/** The fallback without /proc: cannot tell a process from a later one with its id. */
function processExists(pid: number): string | null {
  try {
    process.kill(pid, 0);
    return "running";
  } catch {
    return null;
  }
}
