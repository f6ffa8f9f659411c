"use client";

import { RotateCcw } from "lucide-react";
import { shownCommand } from "@/lib/client/shown-command";
import type { LanguageInfo } from "@/lib/schemas/language";
import { type ChosenOptions, changedOptions, chosenValue } from "@/lib/schemas/language-options";
import { Button } from "../ui/button";
import { Segmented } from "../ui/segmented";

interface LanguageOptionsProps {
  language: LanguageInfo;
  chosen: ChosenOptions | undefined;
  /** Called with what is chosen other than the defaults, if anything. */
  onChange: (chosen: ChosenOptions | undefined) => void;
}

/** How programs of a language are made: each option with its values, and the commands that follow from them. */
export function LanguageOptions({ language, chosen, onChange }: LanguageOptionsProps) {
  const { options } = language;
  const changed = changedOptions(options, chosen);
  return (
    <div className="space-y-3">
      {options.map((option) => (
        <div key={option.id} className="space-y-1">
          {/* The group has the same name. */}
          <p aria-hidden="true" className="font-medium text-base">
            {option.name}
          </p>
          <Segmented
            label={option.name}
            value={chosenValue(option, chosen)?.id ?? option.default}
            options={option.values.map(({ id, label }) => ({ value: id, label }))}
            onChange={(value) => onChange(changedOptions(options, { ...chosen, [option.id]: value }))}
          />
        </div>
      ))}
      <section aria-label="Command" className="space-y-1">
        <p aria-hidden="true" className="font-medium text-base">
          Command
        </p>
        <pre
          dir="ltr"
          className="whitespace-pre-wrap break-words rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-sm"
        >
          {shownCommand(language, chosen)}
        </pre>
      </section>
      {/* Never `disabled`: it would lose the focus by its own press. */}
      <Button
        aria-disabled={!changed}
        onClick={changed ? () => onChange(undefined) : undefined}
        className="aria-disabled:opacity-50"
      >
        <RotateCcw aria-hidden="true" />
        Reset to defaults
      </Button>
    </div>
  );
}
