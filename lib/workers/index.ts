export { Announcer } from "./announcer";
export { CALLS_AT_ONCE, createCalls } from "./calls";
export { createWorkersSandbox, refusalOf } from "./workers-sandbox";
