export { eventStream } from "./event-stream";
export { nowhere, route, serve } from "./route";
