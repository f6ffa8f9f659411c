import { type Accounts, createAccounts } from "./accounts";
import { createPseudonyms, type Pseudonyms } from "./auth/address";
import { createGuests } from "./auth/guest";
import { createGuestBrowsers } from "./auth/guest-browsers";
import { createIdentities, type Identities } from "./auth/identity";
import { createKnownBrowsers } from "./auth/known-browsers";
import type { AuthOptions } from "./auth/next-auth";
import { createOneTimeCodes } from "./auth/one-time-codes";
import { loadSecret } from "./auth/secret";
import { createSessions } from "./auth/sessions";
import type { Env } from "./env";
import { createStatus, type Status } from "./health";
import { createIdempotency, type Idempotency } from "./http/idempotency";
import { LANGUAGES } from "./languages";
import { createCatalogue } from "./languages/catalogue";
import { Limiters } from "./limiters";
import { backgroundLog, createLog, type Logger } from "./log";
import { createMailer } from "./mail";
import { RunFigures } from "./metrics";
import { createNetworkGrowth, createPrograms, type NetworkGrowth, type Programs } from "./programs";
import { openMemoryQueue } from "./queue/memory";
import { createRates, type Rates } from "./rates";
import { Backlog, createExecutor, createFormatter, createRuns, type Formatter, type Runs } from "./runs";
import { createSandbox } from "./sandbox";
import type { Sandbox } from "./sandbox/sandbox";
import type { SignInWay } from "./schemas/account";
import type { Store } from "./store";
import { openStore } from "./store/open";
import type { SessionFileStore } from "./store/session-files";
import { measuredQueue } from "./telemetry/measured-queue";
import { measuredRates } from "./telemetry/measured-rates";
import { measuredStore } from "./telemetry/measured-store";
import { type Metrics, processMetrics } from "./telemetry/metrics";
import { openTelemetry } from "./telemetry/open";
import { type Callbacks, createCallbacks, createWebhooks, type Webhooks } from "./webhooks";

const DAY_S = 86_400;

/** Everything that routes and pages are served from. */
export interface Services {
  env: Env;
  log: Logger;
  identities: Identities;
  accounts: Accounts;
  /** What next-auth is given. */
  auth: AuthOptions;
  rates: Rates;
  /** What is remembered in place of addresses. */
  pseudonyms: Pseudonyms;
  runs: Runs;
  idempotency: Idempotency;
  formatter: Formatter;
  programs: Programs;
  webhooks: Webhooks;
  /** Files that outlive runs, for APIs that have such. What is added to them is first taken from `growth`. */
  sessionFiles: SessionFileStore;
  growth: NetworkGrowth;
  callbacks: Callbacks;
  status: Status;
  metrics: Metrics;
  /** Lets running programs end or cancels them, then leaves nothing behind. Calling it again waits for the same end. */
  close(): Promise<void>;
}

/** The parts that tests bring their own of. */
export interface Parts {
  log?: Logger;
  sandbox?: Sandbox;
  store?: Store;
}

/** The composition root: the one place that knows which adapter stands behind which port. */
export async function createServices(env: Env, parts: Parts = {}): Promise<Services> {
  const log = parts.log ?? createLog(env.logLevel);
  const secret = await loadSecret(env.secret, env.dataDir);
  const catalogue = createCatalogue(LANGUAGES, env.languages);
  const background = backgroundLog(log);
  const metrics = processMetrics();
  const store = measuredStore(parts.store ?? openStore(env, background), metrics);
  const { queue: unmeasured, channel } = openMemoryQueue({ limit: env.queueLimit });
  const queue = measuredQueue(unmeasured, metrics);
  const sandbox = parts.sandbox ?? (await openSandbox());
  const { plans } = env;
  const limiters = new Limiters({ keeper: store, secret, log: background });
  const rates = measuredRates(createRates(limiters.make), metrics);
  const backlog = new Backlog(background);
  const mailer = createMailer({ smtp: env.smtp, log: background });
  const telemetry = await openTelemetry({ env, metrics, log: background });
  const ports = { store, queue, channel, catalogue, backlog, log, telemetry: telemetry.runs };
  const runs = createRuns({ ...ports, plans, rates });
  const grown = limiters.make({ points: 1, duration: DAY_S, keyPrefix: "program bytes of network" });
  const growth = createNetworkGrowth(grown, plans);
  const programs = createPrograms({ store, catalogue, plans, log, growth });
  const figures = new RunFigures();
  const executor = createExecutor({ ...ports, sandbox, figures, concurrency: env.concurrency });
  const allowPrivate = env.webhookTargets === "any";
  const webhooks = createWebhooks({ store: store.webhooks, secret, allowPrivate, log: background });
  const callbacks = createCallbacks({ secret, allowPrivate, log: background });
  await limiters.begin();
  await executor.begin();
  webhooks.begin();

  async function openSandbox(): Promise<Sandbox> {
    try {
      const { limits } = env.plans.guest;
      const told = { log: background, meter: metrics };
      return await createSandbox({ ...env, languages: catalogue.all, limits, ...told });
    } catch (error) {
      // The next attempt opens the store anew, and it is open once at a time.
      await store.close();
      throw error;
    }
  }

  async function close(): Promise<void> {
    accounts.close();
    runs.close();
    await executor.close();
    await Promise.all([webhooks.close(), callbacks.close()]);
    await limiters.close();
    const last = [sandbox, mailer, store, telemetry];
    const ends = await Promise.allSettled(last.map((part) => part.close()));
    for (const end of ends) {
      if (end.status === "rejected") log.error({ err: end.reason }, "a part could not be closed");
    }
  }

  const pseudonyms = createPseudonyms(secret);
  const secure = env.publicUrl?.startsWith("https:") ?? false;
  const sessions = createSessions({ secret, secure });
  const offered: SignInWay[] = ["password"];
  for (const way of ["github", "google", "oidc"] as const) if (env.oauth[way]) offered.push(way);

  const known = createKnownBrowsers({ secret, secure });
  const accounts = createAccounts({
    ...env,
    store,
    runs,
    programs,
    queue,
    sandbox,
    known,
    offered,
    oidcName: env.oauth.oidc?.name ?? null,
    mailer,
    log,
    pseudonyms,
    makeLimiter: limiters.make,
    codes: createOneTimeCodes(secret),
  });
  void accounts.begin();

  const perDayPerNetwork = plans.guest.browsersPerDayPerNetwork;
  const browsers =
    env.guests === "browser" ? createGuestBrowsers({ makeLimiter: limiters.make, perDayPerNetwork }) : null;

  const status = createStatus({ catalogue, sandbox, store, queue, plans, figures });
  metrics.watch({
    version: status.version,
    queue: () => queue.state(),
    sandboxes: async () => (await status.report()).sandboxes,
    parts: async () => {
      const known = (await status.report()).parts.filter(({ state }) => state !== "unknown");
      return Object.fromEntries(known.map(({ part, state }) => [part, state !== "down"]));
    },
  });

  let closing: Promise<void> | undefined;
  return {
    env,
    log,
    identities: createIdentities({
      guests: createGuests({ secret, secure }),
      browsers,
      sessions,
      store: store.accounts,
      secret,
      trustedProxies: env.trustedProxies,
      sessionIdleMs: env.sessionIdleMs,
    }),
    accounts,
    auth: { sessions, secret, oauth: env.oauth, log },
    rates,
    pseudonyms,
    runs,
    idempotency: createIdempotency({ answers: store.answers, log }),
    programs,
    webhooks,
    sessionFiles: store.sessionFiles,
    growth,
    callbacks,
    formatter: createFormatter({ sandbox, catalogue, plans, rates, log }),
    status,
    metrics,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
