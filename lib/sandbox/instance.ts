import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createOnce } from "../system/create-once";
import { processStart } from "../system/process-start";
import type { Ownership } from "./labels";

/** A process shows that it lives by touching its file so often … */
const HEARTBEAT_MS = 15_000;
/** … and counts as dead when it has not for so long, where its process cannot be looked up. */
const DEAD_AFTER_MS = 60_000;

/** This process among those that share a data directory. */
export interface Instance extends Ownership {
  /** Whether another one is known to live; of one that left no trace it is not. */
  lives(instance: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Registers this process in `dataDir`, so that others can tell its containers from a dead one's. */
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
 * The data directory's own name among all on this engine: random, since paths and host names repeat from one container to
 * the next. Made once; of two that start at the same time both get the one that was linked first.
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

/** What tells a process from a later one of the same number; `null` when there is none. */
function startOf(pid: number): string | null {
  return process.platform === "linux" ? processStart(pid) : processExists(pid);
}

/** Where there is no /proc: as good as it gets. */
function processExists(pid: number): string | null {
  try {
    process.kill(pid, 0);
    return "running";
  } catch {
    return null;
  }
}
