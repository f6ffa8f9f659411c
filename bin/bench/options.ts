import { parseArgs } from "node:util";

export interface BenchOptions {
  rounds: number;
  concurrency: number;
  /** Sandboxes kept warm, of which so many may be in use at once; as many as `concurrency` where it is left out. */
  warm: number;
  seconds: number;
  runs: number;
  /** A file for the figures as JSON. */
  json: string | null;
  /** Modules whose default export is a `Target`, measured in the same rounds. */
  targets: string[];
  /** Measure on a busy machine too; the figures are marked. */
  busyOk: boolean;
}

export function readOptions(defaults: Partial<BenchOptions> = {}): BenchOptions {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string" },
      concurrency: { type: "string" },
      warm: { type: "string" },
      seconds: { type: "string" },
      runs: { type: "string" },
      json: { type: "string" },
      target: { type: "string", multiple: true },
      "busy-ok": { type: "boolean" },
    },
  });
  const concurrency = count("concurrency", values.concurrency, defaults.concurrency ?? 8);
  return {
    rounds: count("rounds", values.rounds, defaults.rounds ?? 40),
    concurrency,
    warm: count("warm", values.warm, defaults.warm ?? concurrency),
    seconds: count("seconds", values.seconds, defaults.seconds ?? 60),
    runs: count("runs", values.runs, defaults.runs ?? 1_000),
    json: values.json ?? null,
    targets: values.target ?? [],
    busyOk: values["busy-ok"] ?? false,
  };
}

function count(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`--${name} is "${value}"; give a whole number of at least 1.`);
  }
  return number;
}
