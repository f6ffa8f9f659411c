import packageJson from "../../package.json" with { type: "json" };
import { WorkersFigures } from "../metrics";
import { formatOnWorkers, LostRuns, Upkeep } from "../runs";
import { measuredQueue } from "../telemetry/measured-queue";
import { createWorkersSandbox, metricsOfWorkers, refusalOf } from "../workers";
import type { Base } from "./base";
import type { Execution } from "./execution";
import type { SharedPorts } from "./shared-ports";

/** As often as workers tell of them: what one has told before it leaves is kept. */
const FIGURES_MS = 1_000;
/** A web process runs nothing that could need time to end. */
const NOTHING_RUNS = { graceMs: 0, interruptMs: 0 };

/** A web process without Docker: workers run what it accepts. `shared` is its own, and closed with it. */
export function executeByWorkers(base: Base, shared: SharedPorts): Execution {
  const { background: log, store, catalogue, backlog } = base;
  const { channel, fleet } = shared;
  const queue = measuredQueue(shared.queue, base.metrics);
  const figures = new WorkersFigures();
  const lostRuns = new LostRuns({ store, queue, channel, fleet, log });
  const upkeep = new Upkeep({ store, backlog, log, clock: () => new Date(), lostRuns });
  const takeFigures = () => {
    for (const worker of fleet.workers()) figures.take(worker.id, worker.figures);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    queue,
    queueKind: "redis",
    channel,
    sandbox: createWorkersSandbox({ fleet, languages: catalogue.all, log, version: packageJson.version }),
    runFormatter: formatOnWorkers({ fleet }),
    figures: {
      minutes: () => {
        takeFigures();
        return figures.minutes();
      },
      hour: () => {
        takeFigures();
        return figures.hour();
      },
    },
    amongOthers: true,
    refusal: () => refusalOf(fleet.workers()),
    workers: () => fleet.workers(),
    metricsOfWorkers: () => metricsOfWorkers(fleet),

    async begin() {
      timer = setInterval(takeFigures, FIGURES_MS).unref();
      await upkeep.begin();
    },

    async close() {
      clearInterval(timer);
      await queue.close(NOTHING_RUNS);
      await upkeep.end();
      await shared.close();
    },
  };
}
