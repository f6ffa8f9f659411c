/** Tests languages whole, one after the other, and then measures their samples. Started by `bin/test-languages.mjs`. */
import { LANGUAGES, type Language } from "../../lib/languages";
import { printTable } from "../bench/figures";
import { type LanguageFigures, measureLanguage } from "../bench/language-figures";
import { chosenLanguages } from "../chosen-languages";
import { runNodeTests } from "./parts.mjs";
import { closingLine, count } from "./tally.mjs";

const FILE = "lib/sandbox/languages.docker.test.ts";

interface Tested {
  language: Language;
  passed: number;
  failed: number;
  skipped: number;
}

/** A process for each language: the counts are its own, and one that ends the runner takes no other with it. */
async function testLanguage(language: Language): Promise<Tested> {
  console.log(`\n── ${language.name} ${"─".repeat(Math.max(3, 70 - language.name.length))}`);
  process.env.QUICKSAND_TEST_LANGUAGES = language.id;
  const outcomes = await runNodeTests(process.cwd(), process.execPath, [FILE], 1);
  const counts = count(outcomes);
  // Nothing that failed is nothing that passed, when nothing ran.
  return { language, ...counts, failed: counts.passed === 0 ? Math.max(1, counts.failed) : counts.failed };
}

/** A sample that does not succeed when it is measured has failed. */
async function figuresOf(one: Tested): Promise<LanguageFigures> {
  try {
    return await measureLanguage(one.language);
  } catch (error) {
    one.failed += 1;
    console.log(
      `${one.language.name} could not be measured: ${error instanceof Error ? error.message : error}`,
    );
    const unknown = Number.NaN;
    return {
      ...{ version: "–", runMs: unknown, compileMs: unknown, coldMs: unknown },
      ...{ floorMs: unknown, ratio: unknown },
    };
  }
}

const tested: Tested[] = [];
for (const language of chosenLanguages(process.argv.slice(2), LANGUAGES)) {
  tested.push(await testLanguage(language));
}
// Behind all tests, so that none of them is measured along.
const rows = [];
for (const one of tested) {
  const { version, runMs, compileMs, coldMs, floorMs, ratio } = await figuresOf(one);
  const { passed, failed } = one;
  rows.push({
    language: one.language.name,
    "its own version": version,
    ...{ "run, ms": runMs, "of it compile": compileMs, "floor, ms": floorMs },
    ...{ "ratio without compile": ratio, "cold, ms": coldMs, passed, failed },
  });
}
printTable(
  "The sample in a warm sandbox, p50; the floor is its run command in a container that runs already",
  rows,
);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const { passed, failed, skipped } of tested) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
console.log(`\n${closingLine(total)}`);
process.exit(total.failed > 0 ? 1 : 0);
