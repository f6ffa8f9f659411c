"use client";

import { useId } from "react";
import type { Shown } from "@/lib/client/transcript";

const CHOICES: readonly { value: Shown; label: string }[] = [
  { value: "all", label: "All" },
  { value: "stdout", label: "Output" },
  { value: "stderr", label: "Errors" },
];

interface StreamFilterProps {
  value: Shown;
  onChange: (value: Shown) => void;
}

/** Which of a program's streams are seen, and so copied and downloaded. */
export function StreamFilter({ value, onChange }: StreamFilterProps) {
  const name = useId();
  return (
    <fieldset className="flex items-center gap-0.5 text-sm">
      <legend className="sr-only">Streams</legend>
      {CHOICES.map((choice) => (
        <label
          key={choice.value}
          title={choice.value === "all" ? "Standard output and standard error" : choice.value}
          className="relative flex h-6 cursor-pointer items-center rounded-sm px-1.5 text-muted hover:text-ink has-checked:bg-hover has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:h-11 pointer-coarse:px-3"
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
