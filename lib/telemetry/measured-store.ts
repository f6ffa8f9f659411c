import { AppError } from "../errors";
import type { Store } from "../store";
import type { PortMeter } from "./metrics";

type Method = (...args: unknown[]) => unknown;

/** The parts of a store that are stores themselves. */
const PARTS: ReadonlySet<string | symbol> = new Set<keyof Store>([
  ...(["accounts", "moderation", "programs", "answers", "webhooks", "sessionFiles"] as const),
]);

/** What the database could not do; everything else that a store throws is an answer. */
const FAULTS: ReadonlySet<AppError["code"]> = new Set(["store_unavailable", "store_full", "internal"]);

/**
 * A store that tells how long each of its methods takes, by `acceptRun` or `accounts.findSession`. Of methods whose answer is read piece by
 * piece nothing is told: their readers take the time.
 */
export function measuredStore(store: Store, meter: Pick<PortMeter, "storeCalled">): Store {
  const parts = new Map<string | symbol, unknown>();
  return measured(store, "", meter, (name, part) => {
    const known = parts.get(name) ?? measured(part as object, `${String(name)}.`, meter);
    parts.set(name, known);
    return known;
  });
}

function measured<T extends object>(
  port: T,
  prefix: string,
  meter: Pick<PortMeter, "storeCalled">,
  ofPart?: (name: string | symbol, part: unknown) => unknown,
): T {
  const wrapped = new WeakMap<Method, Method>();
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (ofPart && PARTS.has(name)) return ofPart(name, member);
      if (typeof member !== "function") return member;
      const method = member as Method;
      const known = wrapped.get(method) ?? timed(method, target, `${prefix}${String(name)}`, meter);
      wrapped.set(method, known);
      return known;
    },
  });
}

function timed(
  method: Method,
  target: object,
  operation: string,
  meter: Pick<PortMeter, "storeCalled">,
): Method {
  return (...args) => {
    const since = performance.now();
    const answer = method.apply(target, args);
    if (!(answer instanceof Promise)) return answer;
    const tell = (failed: boolean) => meter.storeCalled(operation, performance.now() - since, failed);
    // The caller gets the store's own promise, so that nothing is awaited once more.
    answer.then(
      () => tell(false),
      (error: unknown) => tell(!(error instanceof AppError) || FAULTS.has(error.code)),
    );
    return answer;
  };
}
