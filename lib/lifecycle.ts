import { services } from "./server";

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Starts the services with the server, rather than with its first request, and ends them with it. */
export async function startServer(): Promise<void> {
  const { log } = await services();
  log.info("services started");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Next.js's own handler exits as soon as no request is open: in the middle of the removal of our containers.
    process.removeAllListeners(signal);
    process.once(signal, () => void stop(signal));
  }
}

async function stop(signal: keyof typeof EXIT_CODES): Promise<void> {
  const { close, log } = await services();
  log.info({ signal }, "stopping: no more runs are taken");
  await close();
  log.info("stopped");
  process.exit(EXIT_CODES[signal]);
}
