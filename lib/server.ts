import "server-only";
import { currentEnv } from "./env";
import { createServices, type Services } from "./services";

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** On globalThis, so that routes bundled apart, and reloaded ones, share one set. */
const shared = globalThis as typeof globalThis & { quicksandServices?: Promise<Services> | undefined };

/** This process's services, composed at the first call. When that fails the next call tries again. */
export function services(): Promise<Services> {
  shared.quicksandServices ??= createServices(currentEnv()).catch((error: unknown) => {
    shared.quicksandServices = undefined;
    throw error;
  });
  return shared.quicksandServices;
}

/** Puts other services in their place; for tests of the routes. */
export function provideServices(provided: Services): void {
  shared.quicksandServices = Promise.resolve(provided);
}

/** Starts the services with the server, rather than with its first request, and ends them with it. */
export async function startServer(): Promise<void> {
  const { log } = await services();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Next.js's own handler exits as soon as no request is open: in the middle of the removal of our containers.
    process.removeAllListeners(signal);
    // Not once: a terminal and `next dev` may both pass a Ctrl-C on, and the second must not kill the clean-up.
    process.on(signal, () => void stopServer(signal));
  }
  log.info("services started");
}

async function stopServer(signal: keyof typeof EXIT_CODES): Promise<void> {
  const { close, log } = await services();
  log.info({ signal }, "stopping: no more runs are taken");
  await close();
  log.info("stopped");
  process.exit(EXIT_CODES[signal]);
}
