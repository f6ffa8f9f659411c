export { Announcer } from "./announcer";
export { CALLS_AT_ONCE, createCalls } from "./calls";
export { metricsOfWorkers } from "./metrics-of-workers";
export { Pulse } from "./pulse";
export { createWorkersSandbox, refusalOf } from "./workers-sandbox";
