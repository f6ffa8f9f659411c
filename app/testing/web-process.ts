/** A web process as `npm start` has it, without pages. Started by `processes.ts`, whom it tells its port. */
import { serveApi } from "./web-server";

process.send?.({ port: await serveApi() });
