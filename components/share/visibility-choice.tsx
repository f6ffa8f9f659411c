"use client";

import { Globe, Link2, Lock } from "lucide-react";
import { useId } from "react";
import { VISIBILITIES } from "@/lib/client/run-url";
import type { Visibility } from "@/lib/schemas/history";

export const VISIBILITY_ICONS = { private: Lock, unlisted: Link2, public: Globe } as const;

interface VisibilityChoiceProps {
  value: Visibility;
  onChange: (value: Visibility) => void;
}

/** Radio buttons for a run's visibility, each with an explanation. */
export function VisibilityChoice({ value, onChange }: VisibilityChoiceProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-base">Who can see this run</legend>
      <div className="overflow-hidden rounded-md border border-line">
        {VISIBILITIES.map((choice) => {
          const Icon = VISIBILITY_ICONS[choice.value];
          return (
            <label
              key={choice.value}
              className="flex cursor-pointer items-start gap-2.5 border-line border-b px-2.5 py-2 last:border-b-0 hover:bg-hover has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-[-2px]"
            >
              <input
                type="radio"
                name={name}
                value={choice.value}
                checked={choice.value === value}
                onChange={() => onChange(choice.value)}
                className="mt-0.5 size-4 shrink-0 accent-(--focus) outline-none"
              />
              <span className="min-w-0">
                <span className="flex items-center gap-1.5 font-medium text-base">
                  <Icon aria-hidden="true" className="size-3.5 text-muted" />
                  {choice.label}
                </span>
                <span className="block text-muted text-sm">{choice.meaning}</span>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
