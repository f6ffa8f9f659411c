import * as z from "zod";
import type { WorkerMetrics } from "../queue/fleet";

/** JSON has no infinite numbers and none that is not a number: it makes them `null`. */
const numberSchema = z.number().nullable().catch(null);

const sampleSchema = z.object({
  value: numberSchema,
  /** The metric's own name where it is left out; a histogram's samples have names of their own. */
  metricName: z.string().optional(),
  labels: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

const metricSchema = z.object({
  name: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/),
  help: z.string(),
  type: z.enum(["counter", "gauge", "histogram", "summary"]),
  values: z.array(sampleSchema),
});

type Metric = z.infer<typeof metricSchema>;

interface Family extends Omit<Metric, "values"> {
  lines: string[];
}

/**
 * One text in Prometheus' format of this process's metrics and those of workers, whose samples have the label `worker`. Each metric is announced
 * once, as the format demands. What is no metric is left out, and so are a worker's of another type than ours under the same name.
 */
export function mergedMetrics(own: readonly unknown[], workers: readonly WorkerMetrics[]): string {
  const families = new Map<string, Family>();
  add(families, own, {});
  for (const { worker, metrics } of workers) add(families, metrics, { worker });
  return [...families.values()]
    .map(({ name, help, type, lines }) =>
      [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n"),
    )
    .join("\n");
}

function add(
  families: Map<string, Family>,
  metrics: readonly unknown[],
  more: Readonly<Record<string, string>>,
): void {
  for (const candidate of metrics) {
    const { data: metric } = metricSchema.safeParse(candidate);
    if (!metric) continue;
    const { name, help, type } = metric;
    const family = families.get(name) ?? { name, help, type, lines: [] };
    if (family.type !== type) continue;
    families.set(name, family);
    for (const { metricName = name, labels, value } of metric.values)
      family.lines.push(`${metricName}${labelsText({ ...labels, ...more })} ${numberText(value)}`);
  }
}

function labelsText(labels: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(String(value)).replaceAll('"', '\\"')}"`,
  );
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function numberText(value: number | null): string {
  return value === null ? "NaN" : String(value);
}
