import type { Logger } from "../log";
import { openEmbeddedStore } from "./embedded";
import type { Store } from "./index";
import { openMongoStore } from "./mongo";

export interface StoreConfiguration {
  mongodbUri: string | undefined;
  dataDir: string;
}

/**
 * The store that the configuration asks for: MongoDB where `MONGODB_URI` is set, else the embedded database in the data
 * directory. A MongoDB that is down is no reason not to start: the store answers `store_unavailable` until it is there. A
 * data directory that cannot be used is: it throws.
 */
export function openStore(configuration: StoreConfiguration, log: Logger): Store {
  const { mongodbUri, dataDir } = configuration;
  return mongodbUri === undefined ? openEmbeddedStore(dataDir) : openMongoStore({ uri: mongodbUri, log });
}
