import { AppError } from "../errors";
import type { Language } from "../languages";
import type { Logger } from "../log";
import type { Fleet, WorkerNotice } from "../queue/fleet";
import type { SandboxFront, SandboxHealth } from "../sandbox/sandbox";

/** A hint that nobody takes up in this time is of no use any more. */
const EXPECT_MS = 5_000;

export interface WorkersSandboxOptions {
  fleet: Fleet;
  languages: readonly Language[];
  log: Logger;
  /** Quicksand's own, to warn of workers that have another. */
  version: string;
}

/**
 * What a web process without Docker knows of the sandboxes: what the workers say of theirs. A run goes to whichever worker has a turn, so a
 * language is ready when one of them has its image; another that takes a run of it makes the image then, as a single process does.
 */
export function createWorkersSandbox({
  fleet,
  languages,
  log,
  version,
}: WorkersSandboxOptions): SandboxFront {
  /** Those whose word on a language counts: one that stops takes no more runs, but may be all that there is. */
  const known = (): readonly WorkerNotice[] => {
    const working = fleet.workers().filter(({ draining }) => !draining);
    return working.length > 0 ? working : fleet.workers();
  };
  const of = ({ id }: Language) => known().flatMap((worker) => worker.languages[id] ?? []);
  const ready = (language: Language) => of(language).some((state) => state.ready);

  return {
    ready,

    printedVersion: (language) =>
      of(language).find((state) => state.printedVersion !== null)?.printedVersion ?? null,

    progress: (language) =>
      ready(language) ? null : (of(language).find((state) => state.progress !== null)?.progress ?? null),

    expect({ id: language }, limits) {
      fleet
        .call({ type: "expect", language, limits }, { timeoutMs: EXPECT_MS })
        .catch((err: unknown) =>
          log.debug({ err, language }, "no worker took the hint that a run will come"),
        );
    },

    async health() {
      const workers = fleet.workers();
      return { ...stateOf(workers, version), ...countsOf(workers), ...imagesOf(languages, ready) };
    },
  };
}

/** Why no run can be taken now, `null` where one can. Runs wait for a worker that only restarts. */
export function refusalOf(workers: readonly WorkerNotice[]): AppError | null {
  const { ok, message = "No worker can run programs." } = stateOf(workers, null);
  return ok ? null : new AppError("docker_unavailable", message, { retryAfterS: 10 });
}

type State = Pick<SandboxHealth, "ok" | "version" | "message" | "impaired">;

function stateOf(workers: readonly WorkerNotice[], ownVersion: string | null): State {
  if (workers.length === 0) {
    return { ok: false, message: "No worker is there to run programs; start one: npm run worker." };
  }
  const broken = workers.filter(({ health }) => !health.ok);
  const versions = [...new Set(workers.flatMap(({ health }) => health.version ?? []))].join(", ");
  const outage = broken.length === 0 ? undefined : outageWords(workers, broken);
  if (broken.length === workers.length) return { ok: false, message: outage ?? "" };
  const isolation = workers.flatMap(({ health }) => (health.ok ? (health.message ?? []) : []))[0];
  const others = workers.filter((worker) => ownVersion !== null && worker.version !== ownVersion);
  const mixture = others.length === 0 ? undefined : mixtureWords(others, ownVersion);
  const impaired = [outage, mixture].filter((words) => words !== undefined).join(" ");
  return {
    ok: true,
    ...(versions === "" ? {} : { version: versions }),
    ...(isolation === undefined ? {} : { message: isolation }),
    ...(impaired === "" ? {} : { impaired }),
  };
}

function outageWords(workers: readonly WorkerNotice[], broken: readonly WorkerNotice[]): string {
  const why = broken[0]?.health.message ?? "Docker does not answer; see whether it is running.";
  if (workers.length === 1) return `1 worker, without Docker: ${why}`;
  const how = broken.length === workers.length ? "all" : `${broken.length} of them`;
  return `${workers.length} workers, ${how} without Docker: ${why}`;
}

function mixtureWords(others: readonly WorkerNotice[], own: string | null): string {
  const versions = [...new Set(others.map(({ version }) => version))].join(", ");
  return `${others.length} worker(s) have Quicksand ${versions}, this is ${own}; bring them to one version.`;
}

function countsOf(workers: readonly WorkerNotice[]): Pick<SandboxHealth, "warm" | "running"> {
  const sum = (of: "warm" | "running") => workers.reduce((total, { health }) => total + health[of], 0);
  return { warm: sum("warm"), running: sum("running") };
}

function imagesOf(
  languages: readonly Language[],
  ready: (language: Language) => boolean,
): Pick<SandboxHealth, "ready" | "missing"> {
  const ids = (of: readonly Language[]) => of.map(({ id }) => id);
  return {
    ready: ids(languages.filter(ready)),
    missing: ids(languages.filter((language) => !ready(language))),
  };
}
