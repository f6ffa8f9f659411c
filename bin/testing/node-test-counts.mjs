/**
 * A node:test reporter that writes one line of JSON per finished test, for `npm test` to count. Suites and files are not counted, except a
 * file that failed as a whole.
 */
export default async function* counts(source) {
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite" && type === "test:pass") continue;
    if (data.details?.type === "suite" && data.details.error?.failureType === "subtestsFailed") continue;
    const reason = data.skip ?? data.todo;
    yield `${JSON.stringify({
      name: data.name,
      file: data.file ?? "",
      outcome: reason !== undefined ? "skipped" : type === "test:pass" ? "passed" : "failed",
      reason: typeof reason === "string" ? reason : "",
    })}\n`;
  }
}
