import { readFileSync } from "node:fs";
import { percentile, printTable, round } from "./figures";

/** Targets alternate in turns of this length, so that changes in the machine's speed affect all of them alike. */
export const TURN_S = 10;
/** The start of a turn that is not counted: it uses up what was prepared in advance and leaves the sustained rate. */
export const LEAD_IN_S = 3;

/** Something that runs one program; `run` answers whether the result was right. */
export interface Worked {
  name: string;
  run(): Promise<boolean>;
}

interface Turn {
  timesMs: number[];
  errors: number;
  seconds: number;
  /** Processor time of the whole machine, in milliseconds. */
  cpuMs: number;
}

export interface Sustained {
  name: string;
  runs: number;
  perSecond: number;
  errors: number;
  p50Ms: number;
  p95Ms: number;
  firstP95Ms: number;
  lastP95Ms: number;
  /** Of the whole machine for each run, ours that asks included. */
  cpuMsPerRun: number;
}

/** What each target sustains while `concurrency` workers each send their next request on an answer; `between` is awaited after each turn. */
export async function sustain(
  targets: readonly Worked[],
  { concurrency, seconds }: { concurrency: number; seconds: number },
  between: () => Promise<unknown>,
): Promise<Sustained[]> {
  const turns = new Map<string, Turn[]>(targets.map(({ name }) => [name, []]));
  for (let done = 0; done < seconds; done += TURN_S) {
    for (const target of targets) {
      turns.get(target.name)?.push(await turn(target, concurrency));
      await between();
    }
  }
  return [...turns].map(([name, own]) => {
    const times = own.flatMap(({ timesMs }) => timesMs);
    const sum = (of: (turn: Turn) => number) => own.reduce((total, one) => total + of(one), 0);
    return {
      name,
      runs: times.length,
      perSecond: round(times.length / sum(({ seconds: length }) => length)),
      errors: sum(({ errors }) => errors),
      p50Ms: round(percentile(times, 0.5)),
      p95Ms: round(percentile(times, 0.95)),
      firstP95Ms: round(percentile(own[0]?.timesMs ?? [], 0.95)),
      lastP95Ms: round(percentile(own.at(-1)?.timesMs ?? [], 0.95)),
      cpuMsPerRun: round(sum(({ cpuMs }) => cpuMs) / times.length),
    };
  });
}

/** Answers after the lead-in count. */
async function turn(target: Worked, concurrency: number): Promise<Turn> {
  const result: Turn = { timesMs: [], errors: 0, seconds: TURN_S, cpuMs: 0 };
  const from = performance.now() + LEAD_IN_S * 1000;
  const until = from + TURN_S * 1000;
  let usedMs = Number.NaN;
  const worker = async () => {
    while (performance.now() < until) {
      const asked = performance.now();
      const right = await target.run().catch(() => false);
      const answered = performance.now();
      if (answered >= from && Number.isNaN(usedMs)) usedMs = processorMs();
      if (!right) result.errors++;
      else if (answered >= from && answered < until) result.timesMs.push(answered - asked);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  result.cpuMs = processorMs() - usedMs;
  return result;
}

/** Of the kernel's count of clock ticks, all but idle and iowait. */
function processorMs(): number {
  const line = readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "";
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return 10 * (user + nice + system + irq + softIrq + steal);
}

export function printSustained(title: string, rows: readonly Sustained[]): void {
  printTable(
    title,
    rows.map(({ name, perSecond, p50Ms, p95Ms, firstP95Ms, lastP95Ms, cpuMsPerRun, ...rest }) => ({
      "": name,
      ...rest,
      "runs / s": perSecond,
      p50: p50Ms,
      p95: p95Ms,
      "p95 first turn": firstP95Ms,
      "p95 last turn": lastP95Ms,
      "CPU ms / run": cpuMsPerRun,
    })),
  );
}
