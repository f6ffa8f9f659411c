import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { HistoryStore } from "../../store";
import { openEmbeddedStore } from "../../store/embedded";

const directories: string[] = [];
process.once("exit", () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** The embedded store in a directory of its own, which is gone when the process ends. */
export function tempStore(): HistoryStore {
  const directory = mkdtempSync(path.join(os.tmpdir(), "quicksand-store-"));
  directories.push(directory);
  return openEmbeddedStore(directory);
}

/** The same store with some of its methods replaced, as by faults. */
export function instead(store: HistoryStore, methods: Partial<HistoryStore>): HistoryStore {
  return new Proxy(store, {
    get(target, name) {
      const own: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}
