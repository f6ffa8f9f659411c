import { after, describe, test } from "node:test";
import type { Store } from "..";
import type { ContractDatabase } from "../contract/fixtures";
import { type MongoServer, NoMongoServer, startMongoServer } from "./mongo-server";

/** Starts a server that speaks MongoDB's protocol for the tests of a file, and stops it after them. */
export async function overMongo(suite: (server: MongoServer) => void): Promise<void> {
  const server = await startMongoServer(process.env).catch((error: unknown) => {
    if (error instanceof NoMongoServer) return error;
    throw error;
  });
  if (server instanceof NoMongoServer) {
    // In CI a skipped half would go unnoticed.
    test("the store on MongoDB", { skip: process.env.CI ? false : server.message }, () => {
      throw server;
    });
    return;
  }
  describe(server.name, () => {
    after(() => server.stop());
    suite(server);
  });
}

/** What the contract opens, of a store that keeps its documents elsewhere. */
export function reopenable(open: () => Store): () => Promise<ContractDatabase> {
  return async () => {
    const database: ContractDatabase = {
      store: open(),
      async reopen() {
        await database.store.close();
        database.store = open();
        return database.store;
      },
    };
    return database;
  };
}
