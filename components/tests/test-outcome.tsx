import type { ReactNode } from "react";
import type { RunTest, TestResult } from "@/lib/schemas/run-test";
import { cn } from "../ui/cn";
import { OutputDiff } from "./output-diff";

interface TestOutcomeProps {
  test: RunTest;
  result: TestResult;
  /** Characters of each text that are shown, and rows of a difference. */
  maxChars: number;
  maxRows: number;
}

/** What a test case printed: the difference for a wrong answer, else the output; and what it wrote to standard error. */
export function TestOutcome({ test, result, maxChars, maxRows }: TestOutcomeProps) {
  const { status, actual, stderr = "", truncated = false } = result;
  if (status === "skipped" && actual === "") {
    return <p className="text-base text-faint">It was not run to its end.</p>;
  }
  return (
    <div className="space-y-3">
      {status === "failed" && !truncated ? (
        <Labelled name={actual === "" ? "Difference (it printed nothing)" : "Difference"}>
          <OutputDiff label={`Difference of ${test.name}`} {...test} actual={actual} maxRows={maxRows} />
        </Labelled>
      ) : (
        <Labelled name="Printed">
          <PlainText label={`Printed by ${test.name}`} text={actual} maxChars={maxChars} empty="Nothing." />
          {truncated ? (
            <p className="mt-1 text-faint text-sm">
              It printed more than is kept; the verdict is about all of it.
            </p>
          ) : null}
        </Labelled>
      )}
      {stderr === "" ? null : (
        <Labelled name="Errors">
          <PlainText label={`Errors of ${test.name}`} text={stderr} maxChars={maxChars} tone="bad" />
        </Labelled>
      )}
    </div>
  );
}

export function Labelled({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 font-medium text-faint text-sm">{name}</p>
      {children}
    </div>
  );
}

interface PlainTextProps {
  label: string;
  text: string;
  maxChars: number;
  empty?: string;
  tone?: "bad";
}

/** A text as it is, shortened. */
export function PlainText({ label, text, maxChars, empty = "Empty.", tone }: PlainTextProps) {
  if (text === "") return <p className="text-base text-faint">{empty}</p>;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      aria-label={label}
      dir="ltr"
      className={cn(
        "max-h-60 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-surface px-2.5 py-1.5 font-mono text-base focus-visible:outline-offset-[-2px]",
        tone === "bad" && "text-bad",
      )}
    >
      {text.length > maxChars ? `${text.slice(0, maxChars)}…\n(shortened here)` : text}
    </section>
  );
}
