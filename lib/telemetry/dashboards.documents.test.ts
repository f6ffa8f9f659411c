import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import * as z from "zod";
import { Metrics } from "./metrics";

const docs = path.resolve(import.meta.dirname, "../../docs");

const dashboardSchema = z.object({
  title: z.literal("Quicksand"),
  panels: z.array(
    z.object({
      id: z.number(),
      type: z.enum(["row", "stat", "timeseries"]),
      title: z.string().min(1),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1) })).optional(),
    }),
  ),
});

const { panels } = dashboardSchema.parse(
  JSON.parse(readFileSync(path.join(docs, "grafana-dashboard.json"), "utf8")),
);
const charts = panels.filter(({ type }) => type !== "row");
const shown = charts.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const rules = readFileSync(path.join(docs, "prometheus-alerts.yml"), "utf8");
const watched = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = ""]) => expr);

interface Family {
  name: string;
  type: string;
  labels: Set<string>;
}

/** Every metric with a sample, and the names that its samples have. */
async function families(): Promise<Map<string, Family>> {
  const metrics = new Metrics();
  const text = await metrics.text();
  const found = new Map<string, Family>();
  for (const [, name = "", type = ""] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const family = { name, type, labels: metrics.labelsOf(name) };
    const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    for (const suffix of suffixes) found.set(`${name}${suffix}`, family);
  }
  return found;
}

const known = await families();

/** Names of metrics in an expression of PromQL: what is followed by labels, a range or nothing, and is no function or label. */
function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:quicksand|process|nodejs)_\w+/g)].map(([name]) => name);
}

test("every metric of the dashboard and of the alerts is one of ours", () => {
  assert.ok(shown.length > 20 && watched.length > 5);
  for (const expression of [...shown, ...watched]) {
    const names = namesIn(expression);
    assert.ok(names.length > 0, expression);
    for (const name of names) assert.ok(known.has(name), `${name} in ${expression}`);
  }
});

test("every metric of ours is on the dashboard", () => {
  const names = new Set(shown.flatMap(namesIn).map((name) => known.get(name)?.name));
  const ours = [...known.values()].map(({ name }) => name).filter((name) => name.startsWith("quicksand_"));
  assert.deepEqual(
    ours.filter((name) => !names.has(name)),
    [],
  );
});

test("rates are taken of what only grows, and labels are those that the metrics have", () => {
  for (const expression of [...shown, ...watched]) {
    for (const [, name = ""] of expression.matchAll(/rate\((\w+)/g))
      assert.notEqual(known.get(name)?.type, "gauge", expression);
    const labels = new Set(namesIn(expression).flatMap((name) => [...(known.get(name)?.labels ?? [])]));
    const used = [
      ...[...expression.matchAll(/[{,](\w+)(?:=~?|!=)"/g)].map(([, label = ""]) => label),
      ...[...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(", ")),
    ];
    for (const label of used)
      assert.ok(
        ["le", "worker"].includes(label) || labels.has(label),
        `${label} in ${expression}: ${[...labels]}`,
      );
  }
});

/** What only a process that serves people tells: of itself, or, as the sandboxes and the queue, of the whole site. */
const OF_WEB =
  /^quicksand_(?:info|up|runs_refused|http|rate_limit|sandboxes|queue_(?:jobs|turns|add|refusals))/;
/** `max by (worker, …) (X{worker!=""…}) or X{worker=""…}`, where X may be the rate of something. */
const ONCE =
  /max by \(([^)]*)\) \(((?:rate\()?)(\w+)\{worker!=""([^}]*\}(?:\[[^\]]+\]\))?)\) or \2\3\{worker=""\4/g;

test("a worker that several web processes tell of is counted once, and web processes each", () => {
  for (const expression of [...shown, ...watched]) {
    for (const [, list = "", , name = ""] of expression.matchAll(ONCE)) {
      const { labels, type } = known.get(name) ?? { labels: new Set<string>(), type: "" };
      const wanted = [
        "worker",
        ...labels,
        ...(type === "histogram" && name.endsWith("_bucket") ? ["le"] : []),
      ];
      assert.deepEqual(list.split(", ").sort(), wanted.sort(), `${name} in ${expression}`);
    }
    const rest = namesIn(expression.replaceAll(ONCE, "")).filter((name) => !OF_WEB.test(name));
    assert.deepEqual(rest, [], expression);
    // Each web process tells the sandboxes of all workers, and the one queue that there is.
    assert.doesNotMatch(expression, /sum(?: by \(\w+\))? \(?quicksand_(?:sandboxes|queue_(?:jobs|turns))/);
    const [opened, closed] = ["(", ")"].map((bracket) => expression.split(bracket).length);
    assert.equal(opened, closed, expression);
  }
});

test("panels have ids of their own and do not overlap", () => {
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  for (const [index, a] of panels.entries()) {
    for (const b of panels.slice(index + 1)) {
      const [p, q] = [a.gridPos, b.gridPos];
      const apart = p.x + p.w <= q.x || q.x + q.w <= p.x || p.y + p.h <= q.y || q.y + q.h <= p.y;
      assert.ok(apart, `${a.title} and ${b.title}`);
      assert.ok(p.x + p.w <= 24 && q.x + q.w <= 24);
    }
  }
});

test("docs/operation.md names every metric of ours, and no other", () => {
  const page = readFileSync(path.join(docs, "operation.md"), "utf8");
  const written = new Set([...page.matchAll(/`(quicksand_\w+)/g)].map(([, name]) => name));
  const ours = [...known.values()].map(({ name }) => name).filter((name) => name.startsWith("quicksand_"));
  assert.deepEqual([...written].sort(), [...new Set(ours)].sort());
});
