import { RunFigures } from "../metrics";
import type { Plans } from "../plans";
import type { Channel, CloseOptions, Queue } from "../queue";
import { createExecutor, type Executor, formatInSandbox, type LostRuns, type RunFormatter } from "../runs";
import { createSandbox } from "../sandbox";
import type { Sandbox } from "../sandbox/sandbox";
import type { Base, Parts } from "./base";
import { watchedSandbox } from "./watched-sandbox";

/** What runs programs in this process. */
export interface Engine {
  sandbox: Sandbox;
  executor: Executor;
  figures: RunFigures;
  runFormatter: RunFormatter;
}

export interface EngineOptions {
  queue: Queue;
  channel: Channel;
  sandbox?: Parts["sandbox"];
  lostRuns?: LostRuns;
  closeOptions?: CloseOptions;
  /** See `ExecutorOptions`. */
  plans?: Plans;
  /** Called when a run finds Docker away. */
  onOutage?: () => void;
}

/** Does not take runs yet: `executor.begin` does. Throws when this machine cannot have sandboxes; the store is closed then. */
export async function openEngine(
  base: Base,
  { sandbox: own, onOutage, ...options }: EngineOptions,
): Promise<Engine> {
  const { env, log, background, store, catalogue, metrics, telemetry } = base;
  const figures = new RunFigures();
  const opened = own ?? (await openSandbox());
  const sandbox = onOutage ? watchedSandbox(opened, onOutage) : opened;
  const { concurrency } = env;
  return {
    sandbox,
    figures,
    executor: createExecutor({
      ...{ ...base, ...options, sandbox, figures, concurrency, telemetry: telemetry.runs },
    }),
    runFormatter: formatInSandbox({ sandbox, log }),
  };

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
}
