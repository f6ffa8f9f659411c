export { eventStream } from "./event-stream";
export { accountText, exportText } from "./export";
export { downloadResponse, fileResponse, textResponse } from "./file";
export { quotaHeaders } from "./quota-headers";
export { nowhere, route, serve, serveOther } from "./route";
