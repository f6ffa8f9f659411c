import "server-only";
import path from "node:path";
import { pistonSockets } from "./compatible/piston";
import { currentEnv, envOrExit } from "./env";
import { AppError } from "./errors";
import { runRoute, serve } from "./http";
import { BuildFiles } from "./http/build-files";
import { CONNECTION_LIMITS, CROWD_LIMITS } from "./http/connections";
import { createGate } from "./http/gate";
import { gonePage } from "./http/gone-page";
import { hookNodeServer } from "./http/node-server";
import { createSocketDoor, type SocketDoor } from "./http/socket-door";
import { storeAwayPage } from "./http/store-away-page";
import { terminalSockets } from "./http/terminal-sockets";
import { endpoints } from "./schemas/endpoints";
import type { RunDetail } from "./schemas/history";
import type { LanguageInfo } from "./schemas/language";
import { createServices, demandSharedSecret, type Services } from "./services";
import { processMetrics } from "./telemetry/metrics";

/** Pages of a run, and their pictures. The raw text is a route, whose errors have the API's shape and status anyway. */
const RUN_PAGES = /^\/(?:r|embed)\/(?![^/]+\/raw$)/;
const RUN_PAGE_ID = /^\/(?:r|embed)\/([\w-]{1,64})(?:\/|$)/;

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** On globalThis: routes that are bundled separately, or reloaded, share one set. */
const shared = globalThis as typeof globalThis & { quicksandServices?: Promise<Services> | undefined };

/** This process's services, started by the first call. When that fails, the next call tries again. */
export function services(): Promise<Services> {
  shared.quicksandServices ??= createServices(currentEnv()).catch((error: unknown) => {
    shared.quicksandServices = undefined;
    throw error;
  });
  return shared.quicksandServices;
}

/** Replaces them, for tests of the routes. */
export function provideServices(provided: Services): void {
  shared.quicksandServices = Promise.resolve(provided);
}

/** A run for a page that the server renders. */
export interface SharedRun {
  run: RunDetail;
  /** `null` when it is not offered here any more; `run.language` is its id. */
  language: LanguageInfo | null;
  /** Whether the viewer may take it down. */
  moderator: boolean;
}

/**
 * The run behind `/r/{id}` and `/embed/{id}` for whoever sent `headers` (the page request's, `await headers()`): their own, or one that
 * is `unlisted` or `public`. `null` for any other, absent or private alike; the page is then `notFound()`. `run.own` says whether to offer
 * what only the owner may do. A run that has not ended has the status `running` and empty output. Throws `store_unavailable` when the
 * database does not answer. All of it is user text: render it as text.
 */
export async function sharedRun(headers: Pick<Headers, "get">, id: string): Promise<SharedRun | null> {
  const { identities, runs, status } = await services();
  const { viewer, user } = await identities.ofPage(headers);
  try {
    const run = await runs.get(viewer, id);
    const language = status.languages().find(({ id: known }) => known === run.language) ?? null;
    return { run, language, moderator: user?.admin ?? false };
  } catch (error) {
    // What is gone is answered before Next.js is asked.
    if (error instanceof AppError && (error.code === "not_found" || error.code === "gone")) return null;
    throw error;
  }
}

/**
 * Whether a program is the viewer's own, for the page of its editor. While the database does not answer nobody can tell; the page then shows
 * what the browser keeps of it.
 */
export async function ownsProgram(headers: Pick<Headers, "get">, id: string): Promise<boolean> {
  const { identities, programs } = await services();
  try {
    const { viewer } = await identities.ofPage(headers);
    return await programs.owns(viewer, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "store_unavailable") return true;
    throw error;
  }
}

/** Whether a run's page is to be 410. Who asks only matters once that is so for everybody else, and never in a frame. */
async function isGone(headers: Pick<Headers, "get">, id: string, framed: boolean): Promise<boolean> {
  const { identities, runs } = await services();
  if (!(await runs.isGone(null, id))) return false;
  return framed || runs.isGone((await identities.ofPage(headers)).viewer, id);
}

/** Starts the services with the server instead of with its first request, and stops them with it. */
export async function startServer(): Promise<void> {
  // Before anything is awaited: no request may come in whose connection is not known. Next.js would go on with settings that cannot be used, and
  // answer everything with 500.
  const settings = envOrExit(demandSharedSecret);
  const limits = settings.guests === "browser" ? CROWD_LIMITS : CONNECTION_LIMITS;
  const node = hookNodeServer({
    limits,
    upgrades: !settings.production,
    onAnswered: (...answered) => processMetrics().answered(...answered),
  });
  node.guard(createGate(settings, services), { proxied: settings.trustedProxies > 0 });
  if (settings.production) node.serveBuild(new BuildFiles(path.resolve(".next/static")));
  // The reader of our output may exit before us. A failed write would then be an uncaught error, which Next.js tries to write, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const { log, env, status } = await services();
  if (env.publicUrl?.startsWith("https:")) node.demandHttps();
  const { POST } = serve(services, runRoute);
  node.openFrontDoor(endpoints.run.path, (request) => POST(request, { params: Promise.resolve({}) }));
  const sockets = createSocketDoor(services, [terminalSockets(), pistonSockets()]);
  node.openWebSockets(sockets);
  node.checkPages(RUN_PAGES, async (path, headers) => {
    const framedByAnyone = path.startsWith("/embed/");
    if (!(await status.storeAnswers())) return storeAwayPage({ framedByAnyone });
    const id = RUN_PAGE_ID.exec(path)?.[1];
    return id !== undefined && (await isGone(headers, id, framedByAnyone))
      ? gonePage({ framedByAnyone })
      : null;
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Next.js's own handler exits as soon as no request is open, in the middle of removing containers.
    process.removeAllListeners(signal);
    // Not `once`: a terminal and `next dev` may both deliver a Ctrl-C, and the second must not kill the clean-up.
    process.on(signal, () => void stopServer(signal, sockets));
  }
  log.info("services started");
}

async function stopServer(signal: keyof typeof EXIT_CODES, sockets: SocketDoor): Promise<void> {
  const { close, log } = await services();
  log.info({ signal }, "stopping: no more runs are taken");
  await close();
  // Those of runs that ended have been closed with them.
  sockets.close();
  log.info("stopped");
  process.exit(EXIT_CODES[signal]);
}
