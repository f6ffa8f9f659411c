export { eventStream } from "./event-stream";
export { exportText } from "./export";
export { downloadResponse, fileResponse, textResponse } from "./file";
export { nowhere, route, serve } from "./route";
