import { LANGUAGES, type Language } from "../../lib/languages";
import { writeJson } from "./figures";
import { memoryLine, memoryMb } from "./memory";
import { runOnHost } from "./on-host";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { type Server, startServer } from "./server";
import { externalTargets } from "./targets";
import { LEAD_IN_S, printSustained, type Sustained, sustain, TURN_S, type Worked } from "./turns";

const EXPECTED = "4\n";

/** How many ask at once, for each language. One at a time is somebody who sends one run after another. */
const CASES = [
  { id: "python", code: "print(2+2)", atOnce: [1, 4, 16, 64] },
  { id: "bash", code: "echo 4", atOnce: [16] },
  { id: "javascript", code: "console.log(4)", atOnce: [16] },
  { id: "c", code: '#include <stdio.h>\nint main(void) { puts("4"); }', atOnce: [16] },
] as const;

function languageOf(id: string): Language {
  const language = LANGUAGES.find((one) => one.id === id);
  if (!language) throw new Error(`There is no language ${id}.`);
  return language;
}

function onHost(language: Language, code: string): Worked {
  return { name: "bare host", run: async () => (await runOnHost(language, code)) === EXPECTED };
}

function served(name: string, server: Server, language: Language, code: string): Worked {
  const run = async () => (await server.run({ language: language.id, code })).output.stdout === EXPECTED;
  return { name, run };
}

function ratios(rows: readonly Sustained[]): string {
  const [host, containers, cells] = rows;
  if (!host || !containers || !cells) return "";
  const to = (of: Sustained) => (cells.perSecond / of.perSecond).toFixed(2);
  return `  Cells: ${to(host)} x the bare host, ${to(containers)} x containers`;
}

/** `npm run bench -- isolation`: what cells and containers sustain, beside the host's own processes. */
const options = readOptions({ seconds: 30 });
const environment = { QUICKSAND_LANGUAGES: CASES.map(({ id }) => id).join(",") };
const containers = await startServer({ ...environment, QUICKSAND_ISOLATION: "container" });
const cells = await startServer({ ...environment, QUICKSAND_ISOLATION: "cell" });
const settled = () => Promise.all([containers.settled(), cells.settled()]);
try {
  await settled();
  const busy = await requireQuiet(options.busyOk);
  const external = await externalTargets(options.targets);
  const figures = [];
  for (const { id, code, atOnce } of CASES) {
    const language = languageOf(id);
    const others = id === "python" ? external : [];
    const targets = [
      onHost(language, code),
      served("Quicksand, containers", containers, language, code),
      served("Quicksand, cells", cells, language, code),
      ...others.map(({ name, run }) => ({ name, run: async () => (await run(code)) === EXPECTED })),
    ];
    for (const concurrency of atOnce) {
      const rows = await sustain(targets, { concurrency, seconds: options.seconds }, settled);
      printSustained(
        `${language.name}, ${concurrency} at once for ${options.seconds} s in turns of ${TURN_S} s, each after ${LEAD_IN_S} s that do not count`,
        rows,
      );
      console.log(ratios(rows));
      figures.push({ language: id, concurrency, rows });
    }
  }
  console.log(`  ${memoryLine(cells.pid)}`);
  writeJson(options.json, "isolation", { memory: memoryMb(cells.pid), busy, figures });
} finally {
  await Promise.all([containers.close(), cells.close()]);
}
