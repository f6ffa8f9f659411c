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
import { executeByWorkers, executeHere, openBase, openSharedPorts, type Parts } from "./execution";
import { createStatus, type Status } from "./health";
import { createIdempotency, type Idempotency } from "./http/idempotency";
import { Limiters, type MakeLimiter } from "./limiters";
import type { Logger } from "./log";
import { createMailer } from "./mail";
import { createNetworkGrowth, createPrograms, type NetworkGrowth, type Programs } from "./programs";
import { createRates, type Rates } from "./rates";
import { createFormatter, createRuns, type Formatter, type Runs } from "./runs";
import type { SignInWay } from "./schemas/account";
import type { SessionFileStore } from "./store/session-files";
import { measuredRates } from "./telemetry/measured-rates";
import type { Metrics } from "./telemetry/metrics";
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

/** Limiters whose counts are not this process's to keep. */
function keptElsewhere(make: MakeLimiter): Pick<Limiters, "make" | "begin" | "close"> {
  return { make, begin: async () => {}, close: async () => {} };
}

/** A secret that each web process made for itself would sign people out whenever another answers them. A worker needs none. */
export function demandSharedSecret({ redisUrl, secret }: Env): void {
  if (redisUrl === undefined || secret !== undefined) return;
  throw new Error(
    "With REDIS_URL there may be several web processes: set NEXTAUTH_SECRET, the same at each of them (openssl rand -base64 32).",
  );
}

/**
 * The composition root of a process that serves people: the one place that knows which adapter stands behind which port. `lib/worker.ts` is that
 * of a worker.
 */
export async function createServices(env: Env, parts: Parts = {}): Promise<Services> {
  demandSharedSecret(env);
  const secret = await loadSecret(env.secret, env.dataDir);
  const base = await openBase(env, parts);
  const { log, background, store, catalogue, metrics, telemetry } = base;
  const shared = parts.shared ?? (await openSharedPorts(base));
  const execution = shared ? executeByWorkers(base, shared) : await executeHere(base, parts);
  const { queue, queueKind, channel, sandbox, runFormatter } = execution;
  const { figures, amongOthers, refusal, workers, metricsOfWorkers } = execution;
  const { plans } = env;
  const limiters = shared?.limiters
    ? keptElsewhere(shared.limiters(secret))
    : new Limiters({ keeper: store, secret, log: background });
  const makeLimiter = limiters.make;
  const rates = measuredRates(createRates(makeLimiter), metrics);
  const mailer = createMailer({ smtp: env.smtp, log: background });
  const ofRuns = { ...base, queue, channel, plans, rates, telemetry: telemetry.runs };
  const runs = createRuns({ ...ofRuns, amongOthers, refusal });
  const grown = makeLimiter({ points: 1, duration: DAY_S, keyPrefix: "program bytes of network" });
  const growth = createNetworkGrowth(grown, plans);
  const programs = createPrograms({ store, catalogue, plans, log, growth });
  const allowPrivate = env.webhookTargets === "any";
  const webhooks = createWebhooks({ store: store.webhooks, secret, allowPrivate, log: background });
  const callbacks = createCallbacks({ secret, allowPrivate, log: background });
  await limiters.begin();
  await execution.begin();
  webhooks.begin();

  async function close(): Promise<void> {
    accounts.close();
    runs.close();
    await execution.close();
    await Promise.all([webhooks.close(), callbacks.close()]);
    await limiters.close();
    const ends = await Promise.allSettled([mailer, store, telemetry].map((part) => part.close()));
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
    makeLimiter,
    codes: createOneTimeCodes(secret),
  });
  void accounts.begin();

  const perDayPerNetwork = plans.guest.browsersPerDayPerNetwork;
  const browsers = env.guests === "browser" ? createGuestBrowsers({ makeLimiter, perDayPerNetwork }) : null;

  const status = createStatus({ catalogue, sandbox, store, queue, queueKind, plans, figures, workers });
  metrics.watch({
    version: status.version,
    queue: () => queue.state(),
    sandboxes: async () => (await status.report()).sandboxes,
    parts: async () => {
      const known = (await status.report()).parts.filter(({ state }) => state !== "unknown");
      return Object.fromEntries(known.map(({ part, state }) => [part, state !== "down"]));
    },
    workers: metricsOfWorkers,
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
    formatter: createFormatter({ runFormatter, catalogue, plans, rates }),
    status,
    metrics,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
