import { AsyncLocalStorage } from "node:async_hooks";

/** What the work at hand is done for. */
export interface WorkContext {
  /** Id of the request, which its answer has as `X-Request-Id`. */
  readonly request?: string;
  /** Id of the run that is being executed. */
  readonly run?: string;
  /** The request's `traceparent` as it came: not checked. */
  readonly traceparent?: string | null;
  /** When the request was taken up, in milliseconds since the epoch. */
  readonly beganAtMs?: number;
  /** The status of the request's answer, when that begins to be sent; left out of what has no single answer, such as a WebSocket. */
  readonly answered?: Promise<number>;
}

/** On globalThis: Next.js bundles routes and the start of the server apart from one another. */
const shared = globalThis as typeof globalThis & { quicksandWork?: AsyncLocalStorage<WorkContext> };
shared.quicksandWork ??= new AsyncLocalStorage<WorkContext>();
const storage = shared.quicksandWork;

/** Everything that `work` begins is done for `context`, in place of what this was called for. */
export function doneFor<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

/** What the caller works for; `undefined` for what the server does by itself. */
export function workContext(): WorkContext | undefined {
  return storage.getStore();
}
