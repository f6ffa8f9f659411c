import type { AppError } from "../errors";
import type { HourFigures } from "../metrics";
import type { Channel, Queue } from "../queue";
import type { WorkerMetrics, WorkerNotice } from "../queue/fleet";
import type { RunFormatter } from "../runs";
import type { SandboxFront } from "../sandbox/sandbox";

/** How programs come to be run, as a process has it that serves people: in itself, or by workers. Ports decide; nobody else asks which. */
export interface Execution {
  queue: Queue;
  /** What the queue is kept in. */
  queueKind: "memory" | "redis";
  channel: Channel;
  sandbox: SandboxFront;
  runFormatter: RunFormatter;
  figures: HourFigures;
  /** See `RunsOptions`. */
  amongOthers: boolean;
  refusal(): AppError | null;
  /** The workers, as known here; `null` where this process runs programs itself. */
  workers(): readonly WorkerNotice[] | null;
  /** Asks the workers for theirs; one that is silent is left out. Without workers there are none. */
  metricsOfWorkers(): Promise<readonly WorkerMetrics[]>;
  /** Begins, with what a former process left. Never rejects. */
  begin(): Promise<void>;
  /** Ends what this process has of it: running programs end or are cancelled, if they are its own. The store is needed until then. */
  close(): Promise<void>;
}
