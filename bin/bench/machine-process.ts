/**
 * A process of `npm run bench -- machines`: `store FOLDER SOCKET`, `web SOCKET PORT` or `worker SOCKET`. It says `ready` to whom started it.
 */
import { currentEnv } from "../../lib/env";
import { serveStore, storeOver } from "./store-over-socket";

const [role, ...words] = process.argv.slice(2);

if (role === "store") {
  const { openEmbeddedStore } = await import("../../lib/store/embedded");
  const [folder = "", socketPath = ""] = words;
  await serveStore(openEmbeddedStore(folder), socketPath);
  process.on("SIGTERM", () => process.exit(0));
} else if (role === "web") {
  const [socketPath = "", port] = words;
  const { serveApi } = await import("../../app/testing/web-server");
  const [{ createServices }, { provideServices }] = await Promise.all([
    import("../../lib/services"),
    import("../../lib/server"),
  ]);
  provideServices(await createServices(currentEnv(), { store: storeOver(socketPath) }));
  await serveApi(Number(port));
} else {
  const { createWorker } = await import("../../lib/worker");
  const [socketPath = ""] = words;
  const worker = await createWorker(currentEnv(), { store: storeOver(socketPath) });
  process.on("SIGTERM", () => void worker.close().then(() => process.exit(0)));
}
process.send?.("ready");
