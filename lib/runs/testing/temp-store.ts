import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runRequestSchema } from "../../schemas/run";
import type { Store } from "../../store";
import { openEmbeddedStore } from "../../store/embedded";

const directories: string[] = [];
process.once("exit", () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** The embedded store in a directory of its own, which is gone when the process ends. */
export function tempStore(): Store {
  const directory = mkdtempSync(path.join(os.tmpdir(), "quicksand-store-"));
  directories.push(directory);
  return openEmbeddedStore(directory);
}

/** The same store with some of its methods replaced, as by faults. */
export function instead(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, name) {
      const own: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}

/** Takes so many runs out of an account's day, 2026-11-22. */
export async function takeRuns(store: Store, account: string, count: number): Promise<void> {
  const request = runRequestSchema.parse({ language: "python", code: "" });
  for (let index = 0; index < count; index++) {
    const run = {
      id: `taken_${account}_${index}`,
      owner: `owner_${account}`,
      request,
      createdAt: new Date(),
    };
    await store.acceptRun(run, { account, day: "2026-11-22", limit: count });
  }
}
