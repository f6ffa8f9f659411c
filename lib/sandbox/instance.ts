import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
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
    JSON.stringify({ host: os.hostname(), pid: process.pid, started: await startOf(process.pid) }),
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
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, randomUUID());
  try {
    await link(draft, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(/* turbopackIgnore: true */ file, "utf8");
}

async function lives(file: string): Promise<boolean> {
  try {
    const { host, pid, started } = JSON.parse(
      await readFile(/* turbopackIgnore: true */ file, "utf8"),
    ) as Record<string, unknown>;
    const alive =
      host === os.hostname() && typeof pid === "number"
        ? (await startOf(pid)) === started
        : Date.now() - (await stat(file)).mtimeMs < DEAD_AFTER_MS;
    if (!alive) await rm(file, { force: true });
    return alive;
  } catch {
    return false;
  }
}

/** When a process started, in the kernel's ticks: a process id used again is another process. `null` when there is none. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return process.platform === "linux" ? null : processExists(pid);
  }
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
