"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";

interface RadioMenuProps<Value extends string> {
  trigger: ReactNode;
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
}

/** A button that opens a menu of radio items. */
export function RadioMenu<Value extends string>(props: RadioMenuProps<Value>) {
  const { trigger, label, value, options, onChange } = props;
  return (
    // Not modal: locking the page's scrolling would shift its width.
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      {/* Without a portal it stays inside the button's landmark (an accessibility rule). */}
      <Primitive.Content
        align="end"
        sideOffset={6}
        aria-label={label}
        className="fade-in-0 zoom-in-95 z-50 min-w-36 animate-in rounded-lg border border-line-strong bg-raised p-1 shadow-pop duration-100"
      >
        <Primitive.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
          {options.map((option) => (
            <Primitive.RadioItem
              key={option.value}
              value={option.value}
              className="flex h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 text-base text-ink outline-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-muted"
            >
              {option.icon}
              {option.label}
              <Primitive.ItemIndicator className="ml-auto pl-4">
                <Check aria-hidden="true" />
              </Primitive.ItemIndicator>
            </Primitive.RadioItem>
          ))}
        </Primitive.RadioGroup>
      </Primitive.Content>
    </Primitive.Root>
  );
}
