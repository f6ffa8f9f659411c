/** @typedef {{ name: string, outcome: "passed" | "failed" | "skipped", reason: string }} Outcome */

/** Parses what `node-test-counts.mjs` wrote. @returns {Outcome[]} */
export function nodeOutcomes(text) {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Parses Playwright's JSON report; a test that passed on a retry has passed. @returns {Outcome[]} */
export function playwrightOutcomes(report) {
  const outcomes = [];
  const visit = (suite, titles) => {
    const here = suite.title ? [...titles, suite.title] : titles;
    for (const child of suite.suites ?? []) visit(child, here);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const skip = test.annotations?.find(({ type }) => type === "skip" || type === "fixme");
        outcomes.push({
          name: [...here, spec.title].join(" › "),
          outcome: test.status === "skipped" ? "skipped" : test.status === "unexpected" ? "failed" : "passed",
          reason: skip?.description ?? plain(test.results?.at(-1)?.error?.message ?? ""),
        });
      }
    }
  };
  for (const suite of report.suites ?? []) visit(suite, []);
  for (const error of report.errors ?? []) {
    outcomes.push({ name: firstLine(error.message), outcome: "failed", reason: "" });
  }
  return outcomes;
}

export function count(outcomes) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { outcome } of outcomes) total[outcome]++;
  return total;
}

/** The last line of the output. Tools parse it, so nothing else may stand on it or after it. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Without the colours that Playwright puts into messages. */
function plain(message) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a colour begins with.
  return message.replace(/\x1b\[[\d;]*m/g, "");
}

function firstLine(message) {
  return String(message ?? "error").split("\n")[0];
}
