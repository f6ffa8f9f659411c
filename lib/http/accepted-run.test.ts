import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../errors";
import { createLog } from "../log";
import type { RunRequest } from "../schemas/run";
import type { Services } from "../services";
import { submitUnwatched } from "./accepted-run";

type Parts = Pick<Services, "runs" | "webhooks" | "log">;

/** What is told and what is logged of a run that has failed, when reading it back goes as `get` does. */
async function endOf(get: () => Promise<unknown>) {
  const told: unknown[] = [];
  const logged: unknown[] = [];
  const log = createLog("silent");
  const services = {
    log,
    webhooks: { runEnded: async (_viewer: unknown, run: unknown) => void told.push(run) },
    runs: {
      get,
      submit: async () => ({ id: "a", result: Promise.reject(new AppError("internal", "It broke.")) }),
    },
  } as unknown as Parts;
  log.error = ((said: { run: string }) => logged.push(said.run)) as unknown as typeof log.error;
  const viewer = { id: "v", plan: "free", account: "v" } as const;
  await submitUnwatched(services, viewer, {} as RunRequest);
  await new Promise((resolve) => setImmediate(resolve));
  return { told, logged };
}

test("a run whose end cannot be read back is logged, since its webhooks are not told", async () => {
  assert.deepEqual(await endOf(() => Promise.reject(new Error("the store is away"))), {
    told: [],
    logged: ["a"],
  });
  assert.deepEqual(await endOf(async () => ({ id: "a", status: "running" })), { told: [], logged: ["a"] });
  const stored = { id: "a", status: "system_error" };
  assert.deepEqual(await endOf(async () => stored), { told: [stored], logged: [] });
});

test("of a run that was deleted meanwhile there is nothing to tell and nothing to log", async () => {
  const gone = () => Promise.reject(new AppError("not_found", "There is no such run."));
  assert.deepEqual(await endOf(gone), { told: [], logged: [] });
});
