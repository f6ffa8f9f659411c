import "server-only";
import { currentEnv } from "./env";
import { createServices, type Services } from "./services";

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
