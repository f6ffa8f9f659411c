export { acceptRun, acceptRuns, submitUnwatched } from "./accepted-run";
export { parseJson } from "./body";
export {
  type CompatibleCall,
  type CompatibleDoor,
  type CompatibleRoute,
  serveCompatible,
  withKey,
} from "./compatible-door";
export { eventStream } from "./event-stream";
export { accountText, auditText, exportText } from "./export";
export { downloadResponse, fileResponse, textResponse } from "./file";
export { publicOrigin } from "./hosts";
export { etag, revisionOf } from "./if-match";
export { isAdmin } from "./is-admin";
export { metricsRoute } from "./metrics-route";
export { lacksScope } from "./permission";
export { createPictures } from "./pictures";
export { check } from "./problems";
export { quotaHeaders } from "./quota-headers";
export { notFoundRoute, route, serve, serveExternal } from "./route";
export { runRoute } from "./run-route";
export { notWebSocket } from "./upgrades";
