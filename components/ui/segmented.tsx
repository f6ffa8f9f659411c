"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";

interface SegmentedProps<Value extends string | number> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
  className?: string;
}

/** Segmented control: radio buttons to the keyboard and to screen readers. */
export function Segmented<Value extends string | number>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, className } = props;
  const name = useId();
  return (
    <fieldset
      className={cn("inline-flex max-w-full rounded-md border border-line-strong bg-sunken p-0.5", className)}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-7 cursor-pointer select-none items-center gap-1.5 rounded-sm px-3 font-medium text-base text-muted transition-colors duration-100 hover:text-ink has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus has-checked:shadow-[0_0_0_1px_var(--line-strong)] [&_svg]:size-3.5"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
