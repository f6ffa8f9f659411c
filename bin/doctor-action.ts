/** What `npm run doctor` finds out and says, without changing anything. Started by `bin/doctor.mjs`. */
import { collectFacts } from "./doctor/collect";
import type { Finding } from "./doctor/finding";
import { findingsOf } from "./doctor/rules";

/** For each question. */
const MOST_MS = 3_500;
const LEAST_MS = 500;
const MARKS = { ok: "✓", warn: "!", fail: "✗" } as const;

function lineOf({ check, state, says, remedy }: Finding): string {
  const words = remedy === undefined ? says : `${says.replace(/\.$/, "")}. ${remedy}`;
  return `${MARKS[state]} ${state.padEnd(4)} ${check}: ${words}`;
}

const [until = Date.now() + 10_000] = process.argv.slice(2).map(Number).filter(Number.isFinite);
/** The time that `bin/doctor.mjs` gives, of which a busy machine has used much before this is reached. */
const leftMs = until - Date.now();
const askMs = Math.min(MOST_MS, Math.max(LEAST_MS, (leftMs - 1_000) / 2));
const findings = findingsOf(await collectFacts(process.env, process.cwd(), askMs));
const failed = findings.filter(({ state }) => state === "fail").length;
const warned = findings.filter(({ state }) => state === "warn").length;
if (process.argv.includes("--json"))
  process.stdout.write(`${JSON.stringify({ ok: failed === 0, findings }, null, 2)}\n`);
else {
  const sum =
    failed + warned === 0
      ? "Everything is as it should be."
      : `${failed} to put right, ${warned} to think about.`;
  process.stdout.write(`${findings.map(lineOf).join("\n")}\n\n${sum}\n`);
}
// What hangs is not waited for.
process.exit(failed > 0 ? 1 : 0);
