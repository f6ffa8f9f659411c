import type { Store, StoredRun } from "./index";

const LIST_ROWS = 100;

/** Everything of an owner, newest first. What is deleted meanwhile is left out, what is new meanwhile is not waited for. */
export async function* exportRuns(
  store: Pick<Store, "listRuns" | "findRun">,
  owner: string,
): AsyncGenerator<StoredRun> {
  let cursor: string | null = null;
  do {
    const page = await store.listRuns(owner, { cursor, limit: LIST_ROWS });
    for (const { id } of page.runs) {
      const run = await store.findRun(id, owner);
      // Asked again whose it is: between the two a run may have been given away and still be visible.
      if (run?.owner === owner) yield run;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}
