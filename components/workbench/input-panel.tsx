"use client";

import { useId } from "react";
import { splitArgs } from "@/lib/client/args";
import type { PanelBadge } from "./panels";

interface InputPanelProps {
  stdin: string;
  args: string;
  /** No program is loaded yet. */
  disabled: boolean;
  onStdin: (stdin: string) => void;
  onArgs: (args: string) => void;
}

const FIELD =
  "block w-full rounded-md border border-line-strong bg-surface px-2.5 font-mono text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus";

/** Standard input and arguments, prepared before the run. */
export function InputPanel({ stdin, args, disabled, onStdin, onArgs }: InputPanelProps) {
  const id = useId();
  const split = splitArgs(args);
  return (
    <section aria-label="Input" className="flex h-full min-h-0 flex-col gap-3 overflow-y-auto p-4">
      <div className="flex min-h-28 flex-1 flex-col">
        <label htmlFor={`${id}-stdin`} className="mb-1 font-medium text-base">
          Standard input
        </label>
        <textarea
          id={`${id}-stdin`}
          value={stdin}
          disabled={disabled}
          onChange={(event) => onStdin(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          aria-describedby={`${id}-stdin-note`}
          placeholder="What the program reads, line by line"
          className={`${FIELD} min-h-20 flex-1 resize-none py-1.5`}
        />
        <p id={`${id}-stdin-note`} className="mt-1 text-muted text-sm">
          {stdin === ""
            ? "Left empty, you type to the program while it runs."
            : "The program gets exactly this, and then the end of its input."}
        </p>
      </div>
      <div className="shrink-0">
        <label htmlFor={`${id}-args`} className="mb-1 block font-medium text-base">
          Arguments
        </label>
        <input
          id={`${id}-args`}
          value={args}
          disabled={disabled}
          onChange={(event) => onArgs(event.target.value)}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          aria-invalid={!split.ok}
          aria-describedby={`${id}-args-note`}
          placeholder='--name "Ada Lovelace"'
          className={`${FIELD} h-9 aria-invalid:border-bad`}
        />
        <p id={`${id}-args-note`} className="mt-1 min-h-5 text-bad text-sm">
          {split.ok ? "" : split.message}
        </p>
      </div>
    </section>
  );
}

/** The number of prepared lines, or that there are arguments only. */
export function inputBadge(stdin: string, args: string): PanelBadge | null {
  const lines = stdin === "" ? 0 : stdin.replace(/\n$/, "").split("\n").length;
  const withArgs = args.trim() !== "";
  if (lines === 0) return withArgs ? { mark: null, label: "with arguments", tone: "neutral" } : null;
  const words = `${lines} ${lines === 1 ? "line" : "lines"}${withArgs ? " and arguments" : ""}`;
  return { mark: lines > 99 ? "99+" : lines, label: words, tone: "neutral" };
}
