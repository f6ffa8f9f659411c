import type { Isolation } from "../schemas/run";

/** Where a run's program ran, in words for the viewer. */
export function isolationText(isolation: Isolation): string {
  return isolation === "cell" ? "a cell" : "a container of its own";
}
