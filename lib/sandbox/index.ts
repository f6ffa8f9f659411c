export { createSandbox, type SandboxOptions } from "./docker-sandbox";
export type { Progress, RunIo, RunOutcome, RunSpec, Sandbox, SandboxEvent, SandboxHealth } from "./sandbox";
