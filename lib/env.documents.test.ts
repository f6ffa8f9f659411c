import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { DOCUMENTED_VARIABLES } from "./env";
import { PLANS, type Plan } from "./plans";

const root = path.resolve(import.meta.dirname, "..");
const page = readFileSync(path.join(root, "docs/configuration.md"), "utf8");
const example = readFileSync(path.join(root, ".env.example"), "utf8");

/** The first table of the page; the second is of what only Docker Compose reads. */
const rows = new Map(
  [...(page.split("For Docker Compose")[0] ?? "").matchAll(/^\| (.+?) \| (.+?) \|/gm)].flatMap(
    ([, names = "", initial = ""]) =>
      [...names.matchAll(/`([A-Z_]+(?:<ID>)?)`/g)].map(([, name = ""]) => [name, initial] as const),
  ),
);
/** Set by the commands for themselves. */
const NOT_FOR_PEOPLE = new Set(["NODE_ENV"]);

test("docs/configuration.md has every variable that is read, and no other", () => {
  assert.deepEqual([...rows.keys()].sort(), [...DOCUMENTED_VARIABLES.keys()].sort());
});

test("docs/configuration.md has the defaults that hold", () => {
  for (const [name, initial] of DOCUMENTED_VARIABLES) {
    if (initial === null) continue;
    assert.ok(rows.get(name)?.includes(`\`${initial}\``), `${name}: ${initial}, not ${rows.get(name)}`);
  }
});

test(".env.example has a line for every variable that is read", () => {
  const offered = new Set([...example.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name));
  const missing = [...DOCUMENTED_VARIABLES.keys()]
    .map((name) => name.replace("<ID>", "PYTHON"))
    .filter((name) => !offered.has(name) && !NOT_FOR_PEOPLE.has(name));
  assert.deepEqual(missing, []);
});

test("docs/configuration.md has the plans that hold", () => {
  const plans = [PLANS.guest, PLANS.free, PLANS.pro];
  const row = (name: string, cell: (plan: Plan) => string) => `| ${[name, ...plans.map(cell)].join(" | ")} |`;
  const formatted = (bytes: number) =>
    bytes < 1_073_741_824 ? `${bytes / 1_048_576} MB` : `${bytes / 1_073_741_824} GB`;
  const count = (value: number) => value.toLocaleString("en");
  const rows = [
    row("runs a day (UTC) · a minute · at once", ({ runsPerDay, runsPerMinute, parallelRuns }) =>
      [runsPerDay, runsPerMinute, parallelRuns].map(count).join(" · "),
    ),
    row("runs a day · a minute · at once of one network, over all its accounts and browsers", (plan) =>
      [plan.runsPerDayPerNetwork, plan.runsPerMinutePerNetwork, plan.parallelRunsPerNetwork]
        .map(count)
        .join(" · "),
    ),
    row(
      "browsers a day of one network with a quota of their own, with `QUICKSAND_GUESTS=browser`",
      ({ browsersPerDayPerNetwork: browsers }) => (browsers === 0 ? "–" : count(browsers)),
    ),
    row("of one viewer's runs are kept", ({ storedBytes }) => formatted(storedBytes)),
    row("of all runs of the plan together are kept", ({ storedBytesInAll }) => formatted(storedBytesInAll)),
    row("programs · together at most", ({ programs, programBytes }) =>
      [count(programs), formatted(programBytes)].join(" · "),
    ),
    row("programs are kept, from their last change", ({ programDays }) =>
      programDays === null ? "for ever" : `${programDays} days`,
    ),
    row("of all programs of the plan together are kept", ({ programBytesInAll }) =>
      programBytesInAll === null ? "all" : formatted(programBytesInAll),
    ),
    row("all programs of one network may grow by, a day (UTC)", (plan) =>
      formatted(plan.programBytesPerDayPerNetwork),
    ),
    row("requests a minute · of one network", (plan) =>
      [plan.requestsPerMinute, plan.requestsPerMinutePerNetwork].map(count).join(" · "),
    ),
    row("memory · processors · time of a run", ({ limits: { run } }) =>
      [`${run.memoryBytes / 1_048_576} MB`, run.cpus, `${run.timeoutMs / 1_000} s`].join(" · "),
    ),
    row("API keys", ({ features }) => (features.includes("keys") ? "yes" : "no")),
    row("runs are kept", ({ retentionDays }) =>
      retentionDays === null ? "for ever" : `${retentionDays} days`,
    ),
  ];
  for (const expected of rows) assert.ok(page.split("\n").includes(expected), expected);
});
