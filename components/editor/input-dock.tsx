"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { splitArgs } from "@/lib/client/args";
import { cn } from "../ui/cn";

interface InputDockProps {
  stdin: string;
  args: string;
  /** No program is loaded yet. */
  disabled: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  onStdin: (stdin: string) => void;
  onArgs: (args: string) => void;
}

/** Standard input and arguments. Collapses to one line. */
export function InputDock({ stdin, args, disabled, open, onOpen, onStdin, onArgs }: InputDockProps) {
  const id = useId();
  const split = splitArgs(args);
  return (
    <section aria-label="Input" className="shrink-0 border-line border-t bg-sunken">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => onOpen(!open)}
        className="flex h-9 w-full items-center gap-2 px-3 text-left text-base hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <ChevronDown
          aria-hidden="true"
          className={cn("size-4 text-faint transition-transform duration-100", !open && "-rotate-90")}
        />
        <span className="font-medium">Input</span>
        <span className="min-w-0 truncate text-faint text-sm">{disabled ? "" : summary(stdin, args)}</span>
      </button>
      <div id={id} hidden={!open} className="px-3 pb-3">
        <label className="block">
          <span className="mb-1 block text-muted text-sm">Standard input</span>
          <textarea
            value={stdin}
            disabled={disabled}
            onChange={(event) => onStdin(event.target.value)}
            rows={3}
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            placeholder="Empty: type to the program while it runs"
            className="block h-19 min-h-10 w-full resize-y rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus"
          />
        </label>
        <label className="mt-2 block">
          <span className="mb-1 block text-muted text-sm">Arguments</span>
          <input
            value={args}
            disabled={disabled}
            onChange={(event) => onArgs(event.target.value)}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            aria-invalid={!split.ok}
            aria-describedby={`${id}-args`}
            placeholder='--name "Ada Lovelace"'
            className="block h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 font-mono text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus aria-invalid:border-bad"
          />
        </label>
        <p id={`${id}-args`} className="text-bad text-sm empty:hidden">
          {split.ok ? "" : split.message}
        </p>
      </div>
    </section>
  );
}

function summary(stdin: string, args: string): string {
  const lines = stdin === "" ? 0 : stdin.replace(/\n$/, "").split("\n").length;
  const input = lines === 0 ? "typed while running" : `${lines} ${lines === 1 ? "line" : "lines"}`;
  return args.trim() === "" ? input : `${input}, with arguments`;
}
