import type { Env } from "../env";
import { LANGUAGES } from "../languages";
import { type Catalogue, createCatalogue } from "../languages/catalogue";
import { backgroundLog, createLog, type Logger } from "../log";
import { Backlog } from "../runs";
import type { Sandbox } from "../sandbox/sandbox";
import type { Store } from "../store";
import { openStore } from "../store/open";
import { measuredStore } from "../telemetry/measured-store";
import { type Metrics, processMetrics } from "../telemetry/metrics";
import { openTelemetry, type Telemetry } from "../telemetry/open";
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
  /** For what is done for nobody in particular. */
  background: Logger;
  store: Store;
  catalogue: Catalogue;
  /** Writes that the store could not take. */
  backlog: Backlog;
  metrics: Metrics;
  telemetry: Telemetry;
}

export async function openBase(env: Env, parts: Parts): Promise<Base> {
  const runsOutliveProcess = parts.shared !== undefined || env.redisUrl !== undefined;
  const log = parts.log ?? createLog(env.logLevel);
  const background = backgroundLog(log);
  const metrics = processMetrics();
  const store = measuredStore(parts.store ?? openStore({ ...env, runsOutliveProcess }, background), metrics);
  const catalogue = createCatalogue(LANGUAGES, env.languages);
  const telemetry = await openTelemetry({ env, metrics, log: background });
  return { env, log, background, store, catalogue, backlog: new Backlog(background), metrics, telemetry };
}
