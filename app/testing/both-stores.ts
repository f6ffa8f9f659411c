import { after, describe, test } from "node:test";
import { createLog } from "../../lib/log";
import type { Store } from "../../lib/store";
import { openStore } from "../../lib/store/open";
import { NoMongoServer, startMongoServer } from "../../lib/store/testing/mongo-server";

/** The store of a test. It waits longer for MongoDB than a server does, because the machine may be busy with other tests. */
export function openTestStore(mongodbUri: string | undefined, dataDir: string): Store {
  return openStore({ mongodbUri, dataDir, answerWithinMs: 20_000 }, createLog("silent"));
}

/** Runs the same tests over the embedded database (`undefined`) and over a server that speaks MongoDB's protocol. */
export async function overBothStores(
  environment: NodeJS.ProcessEnv,
  tests: (mongodbUri: string | undefined) => void,
): Promise<void> {
  const server = await startMongoServer(environment).catch((error: unknown) => {
    if (error instanceof NoMongoServer) return error;
    throw error;
  });
  describe("over the embedded database", () => tests(undefined));
  if (server instanceof NoMongoServer) {
    // In CI a skipped half would go unnoticed.
    test("over MongoDB's protocol", { skip: environment.CI ? false : server.message }, () => {
      throw server;
    });
    return;
  }
  after(() => server.stop());
  describe(`over ${server.name}`, () => tests(server.uri));
}
