import { comparedLines, sameLine } from "../schemas/compare-output";
import type { Compare } from "../schemas/run-test";

/** One line of a difference. `missing` was expected and not printed; `extra` was printed and not expected. */
export interface DiffLine {
  kind: "same" | "missing" | "extra";
  text: string;
  /** The line is the last one and has no line break; told only where that counts. */
  open: boolean;
}

/** Pairs of lines that are compared to find the best match; with more, lines are matched by their numbers. */
const MAX_PAIRS = 40_000;
/** The same where comparing two lines means to read their numbers. */
const MAX_NUMBER_PAIRS = 2_500;

/** The lines of both texts in one list, matched by what a test's way to compare calls the same. */
export function diffLines(expected: string, actual: string, compare: Compare): DiffLine[] {
  const left = linesOf(expected, compare);
  const right = linesOf(actual, compare);
  const same = (l: number, r: number) => sameLine(right[r] ?? "", left[l] ?? "", compare);

  let head = 0;
  while (head < left.length && head < right.length && same(head, head)) head += 1;
  let tail = 0;
  while (
    tail < left.length - head &&
    tail < right.length - head &&
    same(left.length - 1 - tail, right.length - 1 - tail)
  ) {
    tail += 1;
  }
  const [rows, columns] = [left.length - head - tail, right.length - head - tail];
  const matchable = rows * columns <= (typeof compare === "string" ? MAX_PAIRS : MAX_NUMBER_PAIRS);
  const matches = matchable
    ? longest(rows, columns, (l, r) => same(head + l, head + r))
    : byNumber(rows, columns, (l, r) => same(head + l, head + r));

  const lines: DiffLine[] = [];
  const put = (kind: DiffLine["kind"], text: string) => lines.push(lineOf(kind, text, compare));
  for (let at = 0; at < head; at++) put("same", right[at] ?? "");
  let [l, r] = [0, 0];
  for (const match of [...matches, { left: rows, right: columns }]) {
    while (l < match.left) put("missing", left[head + l++] ?? "");
    while (r < match.right) put("extra", right[head + r++] ?? "");
    if (l < rows && r < columns) put("same", right[head + r] ?? "");
    [l, r] = [l + 1, r + 1];
  }
  for (let at = right.length - tail; at < right.length; at++) put("same", right[at] ?? "");
  return lines;
}

/** With their line breaks where those count. */
function linesOf(text: string, compare: Compare): string[] {
  if (compare !== "exact") return comparedLines(text, compare);
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lineOf(kind: DiffLine["kind"], text: string, compare: Compare): DiffLine {
  if (compare !== "exact") return { kind, text, open: false };
  const open = !text.endsWith("\n");
  return { kind, text: open ? text : text.slice(0, -1), open };
}

interface Match {
  left: number;
  right: number;
}

type Same = (left: number, right: number) => boolean;

/** The longest list of matches in order: the usual table of lengths, from the end. */
function longest(rows: number, columns: number, same: Same): Match[] {
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const equal = new Uint8Array(rows * columns);
  const at = (l: number, r: number) => lengths[l * width + r] ?? 0;
  for (let l = rows - 1; l >= 0; l--) {
    for (let r = columns - 1; r >= 0; r--) {
      const hit = same(l, r);
      equal[l * columns + r] = hit ? 1 : 0;
      lengths[l * width + r] = hit ? at(l + 1, r + 1) + 1 : Math.max(at(l + 1, r), at(l, r + 1));
    }
  }
  const matches: Match[] = [];
  let [l, r] = [0, 0];
  while (l < rows && r < columns) {
    if (equal[l * columns + r] === 1) matches.push({ left: l++, right: r++ });
    else if (at(l + 1, r) >= at(l, r + 1)) l += 1;
    else r += 1;
  }
  return matches;
}

function byNumber(rows: number, columns: number, same: Same): Match[] {
  return Array.from({ length: Math.min(rows, columns) }, (_, at) => ({ left: at, right: at })).filter(
    ({ left, right }) => same(left, right),
  );
}
