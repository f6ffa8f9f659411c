import { percentile, printTable, round, writeJson } from "./figures";
import { memoryLine, memoryMb } from "./memory";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { startServer } from "./server";
import { externalTargets, naive, ours, oursAlone, rawLifeCycle, type Target } from "./targets";

const CODE = "print(2+2)";
/** Targets alternate in turns of this length, so that changes in the machine's speed affect all of them alike. */
const TURN_S = 10;
/** The start of a turn that is not counted: it uses up what was prepared in advance and leaves the sustained rate. */
const LEAD_IN_S = 3;

interface Turn {
  timesMs: number[];
  errors: number;
  seconds: number;
}

/** `concurrency` workers, each of which sends its next request on an answer; answers after the lead-in count. */
async function turn(target: Target, concurrency: number, seconds: number): Promise<Turn> {
  const result: Turn = { timesMs: [], errors: 0, seconds };
  const from = performance.now() + LEAD_IN_S * 1000;
  const until = from + seconds * 1000;
  const worker = async () => {
    while (performance.now() < until) {
      const asked = performance.now();
      const output = await target.run(CODE).catch(() => "");
      const answered = performance.now();
      if (output !== target.expected && output !== "4\n") result.errors++;
      else if (answered >= from && answered < until) result.timesMs.push(answered - asked);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return result;
}

const options = readOptions({ concurrency: 8, seconds: 60 });
const server = await startServer({ QUICKSAND_LANGUAGES: "python,bash" });
try {
  await server.settled();
  const busy = await requireQuiet(options.busyOk);
  const targets = [
    await rawLifeCycle("interpreter"),
    await rawLifeCycle("none"),
    await naive(),
    ours(server),
    oursAlone(server),
    ...(await externalTargets(options.targets)),
  ];
  const turns = new Map<string, Turn[]>(targets.map(({ name }) => [name, []]));
  for (let done = 0; done < options.seconds; done += TURN_S) {
    for (const target of targets) {
      turns.get(target.name)?.push(await turn(target, options.concurrency, TURN_S));
      await server.settled();
    }
  }
  const rows = [...turns].map(([name, own]) => {
    const times = own.flatMap(({ timesMs }) => timesMs);
    const seconds = own.reduce((sum, { seconds: length }) => sum + length, 0);
    return {
      name,
      runs: times.length,
      perSecond: round(times.length / seconds),
      errors: own.reduce((sum, { errors }) => sum + errors, 0),
      p50Ms: round(percentile(times, 0.5)),
      p95Ms: round(percentile(times, 0.95)),
      firstP95Ms: round(percentile(own[0]?.timesMs ?? [], 0.95)),
      lastP95Ms: round(percentile(own.at(-1)?.timesMs ?? [], 0.95)),
    };
  });
  printTable(
    `${options.concurrency} at once for ${options.seconds} s in turns of ${TURN_S} s, each after ${LEAD_IN_S} s of the same that do not count`,
    rows.map(({ name, perSecond, p50Ms, p95Ms, firstP95Ms, lastP95Ms, ...rest }) => ({
      "": name,
      ...rest,
      "runs / s": perSecond,
      p50: p50Ms,
      p95: p95Ms,
      "p95 first turn": firstP95Ms,
      "p95 last turn": lastP95Ms,
    })),
  );
  const [raw, empty, slow, own, alone] = rows;
  if (raw && empty && slow && own && alone) {
    const ratio = (to: { perSecond: number }, of = own) => (of.perSecond / to.perSecond).toFixed(2);
    console.log(
      `\n  Quicksand: ${ratio(slow)} x a new container for each request, ${ratio(raw)} x the engine's bare create-start-remove by the same request;` +
        `\n  with nothing in the containers: ${ratio(empty)} x with Python, ${ratio(empty, alone)} x without an interpreter to start`,
    );
  }
  console.log(`  ${memoryLine(server.pid)}`);
  writeJson(options.json, "load", { memory: memoryMb(server.pid), busy, rows });
} finally {
  await server.close();
}
