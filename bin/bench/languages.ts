import { setTimeout as sleep } from "node:timers/promises";
import { LANGUAGES } from "../../lib/languages";
import { printTimes, type Series, writeJson } from "./figures";
import { runOnHost } from "./on-host";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { startServer } from "./server";
import { naiveLanguage } from "./targets";

const PAUSE_MS = 800;

interface Case {
  title: string;
  language: string;
  code: string;
  expected: string;
}

const CASES: readonly Case[] = [
  { title: "Python hello", language: "python", code: 'print("hi")', expected: "hi\n" },
  { title: "JavaScript hello", language: "javascript", code: 'console.log("hi")', expected: "hi\n" },
  {
    title: "TypeScript hello",
    language: "typescript",
    code: 'const s: string = "hi"; console.log(s)',
    expected: "hi\n",
  },
  { title: "Bash hello", language: "bash", code: "echo hi", expected: "hi\n" },
  {
    title: "C hello",
    language: "c",
    code: '#include <stdio.h>\nint main(void){puts("hi");}',
    expected: "hi\n",
  },
  {
    title: "C++ hello, iostream",
    language: "cpp",
    code: '#include <iostream>\nint main(){std::cout << "hi\\n";}',
    expected: "hi\n",
  },
  {
    title: "C++ hello, bits/stdc++.h",
    language: "cpp",
    code: '#include <bits/stdc++.h>\nint main(){std::cout << "hi\\n";}',
    expected: "hi\n",
  },
];

const options = readOptions({ rounds: 15 });
const server = await startServer();
try {
  await server.settled();
  const busy = await requireQuiet(options.busyOk);
  const figures = [];
  for (const own of CASES) {
    const language = LANGUAGES.find(({ id }) => id === own.language);
    if (!language) continue;
    const host: Series = { name: "bare host", timesMs: [], errors: 0 };
    const ours: Series = { name: "Quicksand (HTTP, warm)", timesMs: [], errors: 0 };
    const naive = await naiveLanguage(language);
    const slow: Series = { name: naive.name, timesMs: [], errors: 0 };
    const measured: [Series, () => Promise<boolean>][] = [
      [host, async () => (await runOnHost(language, own.code)) === own.expected],
      [
        ours,
        async () =>
          (await server.run({ language: own.language, code: own.code })).output.stdout === own.expected,
      ],
      [slow, async () => (await naive.run(own.code)) === own.expected],
    ];
    for (let round = -2; round < options.rounds; round++) {
      for (const [row, run] of measured) {
        const started = performance.now();
        const right = await run().catch(() => false);
        if (round < 0) continue;
        if (right) row.timesMs.push(performance.now() - started);
        else row.errors++;
        await sleep(PAUSE_MS);
      }
    }
    figures.push({
      title: own.title,
      summaries: printTimes(`${own.title}, compile and run, ms`, [host, ours, slow]),
    });
  }
  writeJson(options.json, "languages", { busy, figures });
} finally {
  await server.close();
}
