"use client";

import { CircleCheck } from "lucide-react";
import type { Diagnostic } from "@/lib/languages/editor";
import { ProblemList } from "../output/problem-list";
import { EmptyPanel } from "./empty-panel";
import type { PanelBadge } from "./panels";

interface ProblemsPanelProps {
  diagnostics: readonly Diagnostic[];
  onJump: (diagnostic: Diagnostic) => void;
}

/** All places that the compiler or the program's errors named. */
export function ProblemsPanel({ diagnostics, onJump }: ProblemsPanelProps) {
  if (diagnostics.length === 0) {
    return (
      <EmptyPanel icon={CircleCheck} title="No problems">
        What a compiler or an error names is listed here, each with a way to its line.
      </EmptyPanel>
    );
  }
  return (
    <section aria-label="Problems" className="h-full overflow-y-auto p-4">
      <ProblemList diagnostics={diagnostics} all onJump={onJump} />
    </section>
  );
}

export function problemsBadge(diagnostics: readonly Diagnostic[]): PanelBadge | null {
  const count = diagnostics.length;
  if (count === 0) return null;
  const bad = diagnostics.some(({ severity }) => severity === "error");
  return {
    mark: count,
    label: `${count} ${count === 1 ? "problem" : "problems"}`,
    tone: bad ? "bad" : "accent",
  };
}
