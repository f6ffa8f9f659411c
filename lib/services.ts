import { createGuests, type Guests } from "./auth/guest";
import { loadSecret } from "./auth/secret";
import type { Env } from "./env";
import { LANGUAGES } from "./languages";
import { createCatalogue } from "./languages/catalogue";
import { createLog, type Logger } from "./log";
import { PLANS } from "./plans";
import { createMemoryQueue } from "./queue";
import { createRuns, type Runs } from "./runs";
import { createSandbox } from "./sandbox";
import type { Sandbox } from "./sandbox/sandbox";
import { createStatus, type Status } from "./status";
import type { HistoryStore } from "./store";
import { openStore } from "./store/open";

/** Everything that routes and pages are served from. */
export interface Services {
  env: Env;
  log: Logger;
  guests: Guests;
  runs: Runs;
  status: Status;
  /** Lets running programs end or cancels them, then leaves nothing behind. Calling it again waits for the same end. */
  close(): Promise<void>;
}

/** The parts that tests bring their own of. */
export interface Parts {
  log?: Logger;
  sandbox?: Sandbox;
  store?: HistoryStore;
}

/** The composition root: the one place that knows which adapter stands behind which port. */
export async function createServices(env: Env, parts: Parts = {}): Promise<Services> {
  const log = parts.log ?? createLog(env.logLevel);
  const secret = await loadSecret(env.secret, env.dataDir);
  const catalogue = createCatalogue(LANGUAGES, env.languages);
  const store = parts.store ?? openStore(env, log);
  const queue = createMemoryQueue({ concurrency: env.concurrency, limit: env.queueLimit });
  const sandbox = parts.sandbox ?? (await openSandbox());
  const runs = createRuns({ store, queue, sandbox, catalogue, plans: PLANS, log });
  await runs.begin();

  async function openSandbox(): Promise<Sandbox> {
    try {
      return await createSandbox({ ...env, languages: catalogue.all, limits: PLANS.guest.limits, log });
    } catch (error) {
      // The next attempt opens the store anew, and it is open once at a time.
      await store.close();
      throw error;
    }
  }

  async function close(): Promise<void> {
    await runs.close();
    const ends = await Promise.allSettled([sandbox.close(), store.close()]);
    for (const end of ends) {
      if (end.status === "rejected") log.error({ err: end.reason }, "a part could not be closed");
    }
  }

  let closing: Promise<void> | undefined;
  return {
    env,
    log,
    guests: createGuests({ secret, secure: env.publicUrl?.startsWith("https:") ?? false }),
    runs,
    status: createStatus({ catalogue, sandbox, store, queue, limits: PLANS.guest.limits }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
