import type { RunRecord, Store } from "./index";

export interface MemoryStoreOptions {
  /** Runs kept; beyond it the oldest ones that have ended go. */
  maxRuns?: number;
  /** Characters of programs and outputs kept; likewise. */
  maxChars?: number;
}

/** Keeps recent runs in this process, for tests and for nothing else: a restart forgets them. */
export function createMemoryStore({
  maxRuns = 1_000,
  maxChars = 32 * 1_048_576,
}: MemoryStoreOptions = {}): Store {
  /** In the order of their creation. */
  const runs = new Map<string, RunRecord>();
  /** Owner to the runs of `countedDay`; earlier days are of no use to anyone. */
  const counts = new Map<string, number>();
  let countedDay = "";
  let chars = 0;

  function trim(): void {
    for (const [id, run] of runs) {
      if (runs.size <= maxRuns && chars <= maxChars) return;
      if (!run.result) continue;
      runs.delete(id);
      chars -= sizeOf(run);
    }
  }

  return {
    async createRun(run) {
      const record: RunRecord = { ...run, result: null };
      runs.set(run.id, record);
      chars += sizeOf(record);
      trim();
    },
    async finishRun(id, result) {
      const run = runs.get(id);
      if (!run || run.result) return false;
      chars -= sizeOf(run);
      run.result = result;
      chars += sizeOf(run);
      trim();
      return true;
    },
    async getRun(id) {
      const run = runs.get(id);
      return run ? { ...run } : null;
    },
    async countRun(owner, day, change) {
      if (day > countedDay) {
        counts.clear();
        countedDay = day;
      }
      // A run of yesterday that is given back after midnight changes nothing today.
      if (day < countedDay) return 0;
      const count = Math.max(0, (counts.get(owner) ?? 0) + change);
      if (count === 0) counts.delete(owner);
      else counts.set(owner, count);
      return count;
    },
    async health() {
      return { ok: true, kind: "memory" };
    },
    async close() {
      runs.clear();
      counts.clear();
    },
  };
}

function sizeOf({ request, result }: RunRecord): number {
  const files = request.files.reduce((sum, file) => sum + file.content.length, 0);
  const tests = request.tests.reduce((sum, test) => sum + test.stdin.length + test.expected.length, 0);
  const output = result ? result.output.stdout.length + result.output.stderr.length : 0;
  return request.code.length + request.stdin.length + files + tests + output;
}
