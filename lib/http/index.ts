export { eventStream } from "./event-stream";
export { accountText, exportText } from "./export";
export { downloadResponse, fileResponse, textResponse } from "./file";
export { nowhere, route, serve, serveOther } from "./route";
export { runRoute } from "./run-route";
