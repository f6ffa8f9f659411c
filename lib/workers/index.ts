export { Announcer } from "./announcer";
export { CALLS_AT_ONCE, createCalls } from "./calls";
export { Pulse } from "./pulse";
export { createWorkersSandbox, refusalOf } from "./workers-sandbox";
