"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Select } from "radix-ui";
import type { LanguageInfo } from "@/lib/schemas/language";
import { Skeleton } from "../ui/skeleton";

interface LanguagePickerProps {
  /** `null` while they are being fetched. */
  languages: readonly LanguageInfo[] | null;
  value: LanguageInfo | null;
  onChange: (id: string) => void;
}

/** Which language. Typing the first letters finds one, as in any list of the system. */
export function LanguagePicker({ languages, value, onChange }: LanguagePickerProps) {
  if (!languages || !value) return <Skeleton className="h-8 w-36 sm:w-44" />;
  return (
    <Select.Root value={value.id} onValueChange={onChange}>
      <Select.Trigger
        aria-label="Language"
        className="flex h-8 min-w-0 items-center gap-2 rounded-md border border-line-strong bg-raised pr-2 pl-1.5 text-base hover:bg-hover sm:w-44"
      >
        <ExtensionTile language={value} />
        <span className="min-w-0 flex-1 truncate text-left">
          <span className="font-medium">{value.name}</span>{" "}
          <span className="text-faint max-sm:hidden">{value.version}</span>
        </span>
        <Select.Icon asChild>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content
          position="popper"
          sideOffset={6}
          collisionPadding={8}
          className="fade-in-0 zoom-in-95 z-50 max-h-(--radix-select-content-available-height) w-60 animate-in overflow-hidden rounded-lg border border-line-strong bg-raised shadow-pop duration-100"
        >
          <Select.Viewport className="p-1">
            {languages.map((language) => (
              <LanguageOption key={language.id} language={language} />
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

function LanguageOption({ language }: { language: LanguageInfo }) {
  return (
    <Select.Item
      value={language.id}
      textValue={language.name}
      className="flex h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-1.5 text-base outline-none data-highlighted:bg-hover"
    >
      <ExtensionTile language={language} />
      <Select.ItemText>{language.name}</Select.ItemText>
      <span className="text-faint text-sm tabular-nums">{language.version}</span>
      {language.ready ? null : <span className="text-faint text-sm">· first run takes longer</span>}
      <Select.ItemIndicator className="ml-auto pr-1">
        <Check aria-hidden="true" className="size-4 text-accent-ink" />
      </Select.ItemIndicator>
    </Select.Item>
  );
}

/** A mark for each language that needs no picture of its own. */
function ExtensionTile({ language }: { language: LanguageInfo }) {
  return (
    <span
      aria-hidden="true"
      className="flex h-5.5 w-8 shrink-0 items-center justify-center rounded-sm bg-accent-wash font-medium font-mono text-accent-ink text-xs"
    >
      {language.extension}
    </span>
  );
}
