export { type Base, openBase, type Parts } from "./base";
export { executeByWorkers } from "./by-workers";
export { type Engine, openEngine } from "./engine";
export type { Execution } from "./execution";
export { executeHere } from "./here";
export { openSharedPorts } from "./open-shared-ports";
export type { SharedPorts } from "./shared-ports";
