import type { Env } from "../env";
import { LANGUAGES } from "../languages";
import { type Catalogue, createCatalogue } from "../languages/catalogue";
import { createLog, type Logger } from "../log";
import { Backlog } from "../runs";
import type { Sandbox } from "../sandbox/sandbox";
import type { Store } from "../store";
import { openStore } from "../store/open";
import type { SharedPorts } from "./shared-ports";

/** The parts that tests bring their own of. */
export interface Parts {
  log?: Logger;
  sandbox?: Sandbox;
  store?: Store;
  /** Stands for what `REDIS_URL` leads to. */
  shared?: SharedPorts;
}

/** What every process has, whether it serves people, runs programs or both. */
export interface Base {
  env: Env;
  log: Logger;
  store: Store;
  catalogue: Catalogue;
  /** Writes that the store could not take. */
  backlog: Backlog;
}

export function openBase(env: Env, parts: Parts): Base {
  const runsOutliveProcess = parts.shared !== undefined;
  const log = parts.log ?? createLog(env.logLevel);
  const store = parts.store ?? openStore({ ...env, runsOutliveProcess }, log);
  const catalogue = createCatalogue(LANGUAGES, env.languages);
  return { env, log, store, catalogue, backlog: new Backlog(log) };
}
