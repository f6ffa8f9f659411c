import { AppError } from "../errors";
import type { RunIo, RunSpec, Sandbox, SandboxEvent } from "../sandbox/sandbox";

/**
 * The same sandbox, with `onOutage` called when a run finds its engine away. A worker that only noticed that at its next look would in the
 * meantime take, and fail, the runs that others could run.
 */
export function watchedSandbox(sandbox: Sandbox, onOutage: () => void): Sandbox {
  return {
    async *run(spec: RunSpec, io: RunIo): AsyncGenerator<SandboxEvent> {
      try {
        yield* sandbox.run(spec, io);
      } catch (error) {
        if (error instanceof AppError && error.code === "docker_unavailable") onOutage();
        throw error;
      }
    },
    prepare: (language, onProgress) => sandbox.prepare(language, onProgress),
    expect: (language, limits) => sandbox.expect(language, limits),
    ready: (language) => sandbox.ready(language),
    printedVersion: (language) => sandbox.printedVersion(language),
    progress: (language) => sandbox.progress(language),
    health: () => sandbox.health(),
    close: () => sandbox.close(),
  };
}
