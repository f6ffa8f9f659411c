import type { Compare } from "@/lib/schemas/run-test";

/** How an output is compared, in the words of the page. */
export function compareWords(compare: Compare): string {
  if (compare === "exact") return "exactly";
  if (compare === "trimmed") return "ignoring white space at line ends";
  return `numbers within ${compare.tolerance}`;
}
