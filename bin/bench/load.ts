import { writeJson } from "./figures";
import { memoryLine, memoryMb } from "./memory";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { startServer } from "./server";
import { externalTargets, naive, ours, oursAlone, rawLifeCycle, type Target } from "./targets";
import { LEAD_IN_S, printSustained, sustain, TURN_S, type Worked } from "./turns";

const CODE = "print(2+2)";
function worked(target: Target): Worked {
  const right = async () => {
    const output = await target.run(CODE);
    return output === target.expected || output === "4\n";
  };
  return { name: target.name, run: right };
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
  const rows = await sustain(targets.map(worked), options, () => server.settled());
  printSustained(
    `${options.concurrency} at once for ${options.seconds} s in turns of ${TURN_S} s, each after ${LEAD_IN_S} s of the same that do not count`,
    rows,
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
