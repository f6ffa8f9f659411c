import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { countTests } from "@/lib/schemas/test-counts";
import { cutPoint } from "../output/cells";
import { runWords } from "../run/status-words";

interface Named {
  run: Pick<RunDetail, "title" | "language" | "status" | "output" | "tests">;
  language: Pick<LanguageInfo, "name"> | null;
}

/** A run's title, or one made from its language. */
export function runHeading({ run, language }: Named): string {
  return run.title ?? `${language?.name ?? run.language} program`;
}

const DESCRIPTION_CHARS = 160;
/** How much of the output is searched for text. */
const MAX_READ = 2_000;

/** One line for link previews: status and the beginning of the output. */
export function runDescription({ run, language }: Named): string {
  const head = `${language?.name ?? run.language}, ${runWords({ ...run, tests: countTests(run.tests) }).label.toLowerCase()}.`;
  // Whole control sequences first, then single control characters.
  const { stdout } = run.output;
  const printed = stdout
    .slice(0, cutPoint(stdout, MAX_READ))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: see above
    .replace(/[\x00-\x1f\x7f-\x9f]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (printed === "") return head;
  const all = [...`${head} Output: ${printed}`];
  return all.length <= DESCRIPTION_CHARS ? all.join("") : `${all.slice(0, DESCRIPTION_CHARS - 1).join("")}…`;
}
