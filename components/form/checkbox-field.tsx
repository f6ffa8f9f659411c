import type { ReactNode } from "react";

interface CheckboxFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A box to tick, with what it means beside it. */
export function CheckboxField({ label, hint, checked, onChange }: CheckboxFieldProps) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 py-1">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-(--focus)"
      />
      <span className="text-base">
        {label}
        {hint ? <span className="block text-muted text-sm">{hint}</span> : null}
      </span>
    </label>
  );
}
