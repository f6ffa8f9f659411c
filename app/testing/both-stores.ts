import { after, describe, test } from "node:test";
import { NoMongoServer, startMongoServer } from "../../lib/store/testing/mongo-server";

/** The same tests over the embedded database (`undefined`) and over a server that speaks MongoDB's protocol. */
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
    // Where nobody reads along, a half that did not run is a half that is broken.
    test("over MongoDB's protocol", { skip: environment.CI ? false : server.message }, () => {
      throw server;
    });
    return;
  }
  after(() => server.stop());
  describe(`over ${server.name}`, () => tests(server.uri));
}
