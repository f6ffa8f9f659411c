import type { Logger } from "../log";
import { openEmbeddedStore } from "./embedded";
import type { Store } from "./index";
import { openMongoStore } from "./mongo";

export interface StoreConfiguration {
  mongodbUri: string | undefined;
  dataDir: string;
  /** The most that the database may take; left out, what its disk has. */
  storeBytes?: number | undefined;
  /** How long a request may wait for MongoDB; by default just under two seconds. */
  answerWithinMs?: number;
  /** Runs are given to a queue that outlives this process, so its death does not interrupt them. MongoDB only. */
  runsOutliveProcess?: boolean;
}

/**
 * The configured store: MongoDB when `MONGODB_URI` is set, else the embedded database in the data directory. Opens although MongoDB is
 * down, and throws `store_unavailable` from its methods until it is up. Throws when the data directory cannot be used.
 */
export function openStore(configuration: StoreConfiguration, log: Logger): Store {
  const { mongodbUri, dataDir, storeBytes, answerWithinMs, runsOutliveProcess = false } = configuration;
  if (mongodbUri === undefined) return openEmbeddedStore(dataDir, storeBytes);
  return openMongoStore({
    uri: mongodbUri,
    log,
    runsOutliveProcess,
    ...(storeBytes === undefined ? {} : { limitBytes: storeBytes }),
    ...(answerWithinMs === undefined ? {} : { answerWithinMs }),
  });
}
