"use client";

import { useId } from "react";
import type { ModerationReason } from "@/lib/schemas/moderation";
import { MODERATION_REASONS } from "@/lib/schemas/moderation-reasons";
import { REASON_WORDS } from "./reason-words";

interface ReasonFieldsProps {
  reason: ModerationReason | null;
  onReason: (reason: ModerationReason) => void;
  text: string;
  onText: (text: string) => void;
  /** Of the text field, with who reads it. */
  textLabel: string;
}

const MAX_CHARS = 1_000;

/** A reason of the closed list, and a text that may be left out. */
export function ReasonFields({ reason, onReason, text, onText, textLabel }: ReasonFieldsProps) {
  const name = useId();
  return (
    <div className="mt-4 space-y-4">
      <fieldset>
        <legend className="mb-1.5 font-medium text-base">What is wrong with it?</legend>
        <div className="overflow-hidden rounded-md border border-line">
          {MODERATION_REASONS.map((option) => (
            <label
              key={option}
              className="flex cursor-pointer items-center gap-2.5 border-line border-b px-2.5 py-1.5 text-base last:border-b-0 hover:bg-hover has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-[-2px]"
            >
              <input
                type="radio"
                name={name}
                value={option}
                checked={option === reason}
                onChange={() => onReason(option)}
                className="size-4 shrink-0 accent-(--focus) outline-none"
              />
              {REASON_WORDS[option]}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="block">
        <span className="mb-1.5 block font-medium text-base">{textLabel}</span>
        <textarea
          value={text}
          rows={3}
          maxLength={MAX_CHARS}
          onChange={(event) => onText(event.target.value)}
          className="block w-full resize-y rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-base outline-none focus:border-focus focus:ring-1 focus:ring-focus"
        />
      </label>
    </div>
  );
}
