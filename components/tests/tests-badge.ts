import type { PanelBadge } from "../workbench/panels";
import type { Verdict } from "./verdict";

/** The number of failed tests when there are any, else how many there are. */
export function testsBadge(verdicts: readonly Verdict[]): PanelBadge | null {
  const total = verdicts.length;
  if (total === 0) return null;
  const known = verdicts.filter((verdict) => verdict !== null && verdict !== "waiting");
  const failed = known.filter(({ status }) => status !== "passed" && status !== "skipped").length;
  if (failed > 0) return { mark: failed, label: `${failed} of ${total} failed`, tone: "bad" };
  const passed = known.filter(({ status }) => status === "passed").length;
  if (passed === total) return { mark: total, label: `all ${total} passed`, tone: "good" };
  return { mark: total, label: `${total} ${total === 1 ? "test" : "tests"}`, tone: "neutral" };
}
