import { editor } from "monaco-editor/editor";

/** The options that Monaco's language services pass. */
interface WorkerOptions {
  createWorker: () => Worker;
  /** Sent to the worker as its configuration. */
  createData: unknown;
  keepIdleModels?: boolean;
  host?: Record<string, () => unknown>;
}

/**
 * Replaces `monaco-editor/internal/common/workers.js` (see next.config.mjs), through which a language service starts its
 * worker. Monaco's module imports every feature of the editor as well. Loaded on demand, it would register features after
 * the editor's services are created, and each editor made from then on would fail on a missing service.
 */
export function createWebWorker({ createWorker, createData, keepIdleModels, host }: WorkerOptions) {
  const worker = createWorker();
  // The worker ignores its first message and takes the second one as its configuration.
  worker.postMessage("ignore");
  worker.postMessage(createData);
  return editor.createWebWorker({
    worker,
    ...(keepIdleModels !== undefined && { keepIdleModels }),
    ...(host && { host }),
  });
}
