export { eventStream } from "./event-stream";
export { accountText, auditText, exportText } from "./export";
export { downloadResponse, fileResponse, textResponse } from "./file";
export { notFoundRoute, route, serve, serveExternal } from "./route";
export { runRoute } from "./run-route";
