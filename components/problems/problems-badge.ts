import type { Problem } from "@/lib/client/problem";
import type { PanelBadge } from "../workbench/panels";

/** How many problems there are. What is only worth knowing does not count. */
export function problemsBadge(problems: readonly Problem[]): PanelBadge | null {
  const counted = problems.filter(({ severity }) => severity !== "info");
  const count = counted.length;
  if (count === 0) return null;
  const bad = counted.some(({ severity }) => severity === "error");
  return {
    mark: count,
    label: `${count} ${count === 1 ? "problem" : "problems"}`,
    tone: bad ? "bad" : "accent",
  };
}
