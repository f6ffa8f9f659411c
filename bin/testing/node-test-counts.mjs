import fs from "node:fs";

/**
 * A node:test reporter that writes one line of JSON per finished test to the file QUICKSAND_TEST_REPORT, for `npm test` to count. Suites and
 * files are not counted, except a file that failed as a whole. It writes by itself, and synchronously: with `--test-force-exit` Node ends
 * before its own stream to a `--test-reporter-destination` has written everything.
 */
// biome-ignore lint/correctness/useYield: a reporter is a generator; this one has nothing to print.
export default async function* counts(source) {
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite" && type === "test:pass") continue;
    if (data.details?.type === "suite" && data.details.error?.failureType === "subtestsFailed") continue;
    const excuse = data.skip ?? data.todo;
    const error = data.details?.error;
    const outcome = {
      name: data.name,
      file: data.file ?? "",
      outcome: excuse !== undefined ? "skipped" : type === "test:pass" ? "passed" : "failed",
      reason: String((excuse === true ? "" : excuse) ?? error?.cause?.message ?? error?.message ?? ""),
    };
    fs.appendFileSync(process.env.QUICKSAND_TEST_REPORT, `${JSON.stringify(outcome)}\n`);
  }
}
