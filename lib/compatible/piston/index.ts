/** Piston's API v2: a thin translation onto runs. docs/compatible-apis.md says where it differs. */

export { pistonSockets } from "./connect";
export { serveExecute, serveNothing, servePackages, serveRoot, serveRuntimes } from "./routes";
