import type { Store, StoredRun } from "./index";

const LIST_ROWS = 100;

/** All runs of an owner, newest first. Runs deleted meanwhile are left out, and runs added meanwhile are not included. */
export async function* exportRuns(
  store: Pick<Store, "listRuns" | "findRun">,
  owner: string,
): AsyncGenerator<StoredRun> {
  let cursor: string | null = null;
  do {
    const page = await store.listRuns(owner, { cursor, limit: LIST_ROWS });
    for (const { id } of page.runs) {
      const run = await store.findRun(id, owner);
      // The owner is checked again: since the list was read, the run may have passed to an account and still be visible.
      if (run?.owner === owner) yield run;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}
