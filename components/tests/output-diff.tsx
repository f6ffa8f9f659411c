import { type DiffLine, diffLines } from "@/lib/client/line-diff";
import type { Compare } from "@/lib/schemas/run-test";
import { cn } from "../ui/cn";
import { VisibleLine } from "./visible-line";

interface OutputDiffProps {
  /** What it is called, unlike others of the page. */
  label: string;
  expected: string;
  actual: string;
  compare: Compare;
  /** Rows that are shown at most. */
  maxRows: number;
  /** What the two sides are called. */
  sides?: readonly [string, string];
}

/** Equal lines that stay around a difference. */
const AROUND = 3;
const MAX_LINE_CHARS = 1_000;

const SIDES = ["expected", "printed"] as const;
const SIGNS = { same: " ", missing: "−", extra: "+" } as const;
const COLORS = { same: "", missing: "bg-good-wash", extra: "bg-bad-wash" } as const;

/** The lines of two outputs that differ, with what is around them. Rendered on the server too. */
export function OutputDiff({ label, expected, actual, compare, maxRows, sides = SIDES }: OutputDiffProps) {
  const lines = diffLines(expected, actual, compare);
  const rows = shownRows(lines);
  const onlySpace = squeezed(lines, "missing") === squeezed(lines, "extra");
  return (
    <div>
      <p className="mb-1 flex flex-wrap gap-x-3 text-faint text-sm">
        <span>
          <span className="font-mono text-good">−</span> {sides[0]}
        </span>
        <span>
          <span className="font-mono text-bad">+</span> {sides[1]}
        </span>
        {onlySpace ? <span>Only white space differs; it has signs here.</span> : null}
      </p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-80 overflow-auto rounded-md border border-line bg-surface py-1 font-mono text-base focus-visible:outline-offset-[-2px]"
      >
        <ol dir="ltr" className="w-max min-w-full">
          {rows.slice(0, maxRows).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
            <Row key={at} row={row} all={onlySpace} sides={sides} />
          ))}
          {rows.length > maxRows ? (
            <li className="px-2.5 text-faint">
              … and {(rows.length - maxRows).toLocaleString("en")} more lines
            </li>
          ) : null}
        </ol>
      </section>
    </div>
  );
}

/** A line, or a number of equal ones that are not shown. */
type DiffRow = DiffLine | { kind: "hidden"; count: number };

function Row({ row, all, sides }: { row: DiffRow; all: boolean; sides: readonly [string, string] }) {
  if (row.kind === "hidden") {
    return <li className="px-2.5 text-faint">… {row.count.toLocaleString("en")} equal lines</li>;
  }
  const { kind } = row;
  const text = row.text.length > MAX_LINE_CHARS ? `${row.text.slice(0, MAX_LINE_CHARS)}…` : row.text;
  return (
    <li className={cn("flex min-h-5 whitespace-pre px-2.5", COLORS[kind])}>
      <span aria-hidden="true" className={cn("w-4 shrink-0", kind === "missing" ? "text-good" : "text-bad")}>
        {SIGNS[kind]}
      </span>
      {kind === "same" ? null : <span className="sr-only">{kind === "missing" ? sides[0] : sides[1]}: </span>}
      <span>{kind === "same" ? text : <VisibleLine text={text} all={all} />}</span>
      {kind !== "same" && row.open ? (
        <span className="ml-2 select-none rounded-sm border border-line-strong px-1 font-sans text-faint text-xs">
          no line break
        </span>
      ) : null}
    </li>
  );
}

function shownRows(lines: readonly DiffLine[]): DiffRow[] {
  const near = new Set<number>();
  for (const [at, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    for (let around = at - AROUND; around <= at + AROUND; around++) near.add(around);
  }
  const rows: DiffRow[] = [];
  let hidden = 0;
  const put = () => {
    if (hidden > 0) rows.push({ kind: "hidden", count: hidden });
    hidden = 0;
  };
  for (const [at, line] of lines.entries()) {
    if (!near.has(at)) {
      hidden += 1;
      continue;
    }
    put();
    rows.push(line);
  }
  put();
  return rows;
}

/** The lines of one side without any white space. */
function squeezed(lines: readonly DiffLine[], kind: DiffLine["kind"]): string {
  return lines.map((line) => (line.kind === kind ? line.text.replace(/[ \t\n\r\v\f]+/g, "") : "")).join("");
}
