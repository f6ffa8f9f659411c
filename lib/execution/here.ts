import { openMemoryQueue } from "../queue/memory";
import { measuredQueue } from "../telemetry/measured-queue";
import type { Base, Parts } from "./base";
import { openEngine } from "./engine";
import type { Execution } from "./execution";

/** A single process that does everything: nothing is copied or sent. */
export async function executeHere(base: Base, { sandbox: own }: Pick<Parts, "sandbox">): Promise<Execution> {
  const { queue, channel } = openMemoryQueue({ limit: base.env.queueLimit });
  const ports = { queue: measuredQueue(queue, base.metrics), channel };
  const { executor, ...engine } = await openEngine(base, { ...ports, ...(own && { sandbox: own }) });
  return {
    ...ports,
    ...engine,
    queueKind: "memory",
    amongOthers: false,
    // What its sandbox cannot do is seen when it is asked to.
    refusal: () => null,
    workers: () => null,
    metricsOfWorkers: async () => [],
    begin: () => executor.begin(),
    async close() {
      await executor.close();
      await engine.sandbox
        .close()
        .catch((err: unknown) => base.log.error({ err }, "a part could not be closed"));
    },
  };
}
