"use client";

import { ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import { editorLabelParts } from "@/lib/client/language-label";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { ChosenOptions } from "@/lib/schemas/language-options";
import { Skeleton } from "../ui/skeleton";
import { LanguageList } from "./language-list";
import { LanguageTile } from "./language-tile";

interface LanguagePickerProps {
  /** `null` while they are being fetched. */
  languages: readonly LanguageInfo[] | null;
  /** Ids of the languages that were picked or run in last. */
  recent: readonly string[];
  value: LanguageInfo | null;
  /** What of its options is chosen. */
  chosen: ChosenOptions | undefined;
  onChange: (id: string) => void;
  /** The list is opened. */
  onList: () => void;
}

/**
 * The language picker, a searchable list. Not Radix's Select: while open, that hides the page from assistive technology but
 * leaves it focusable.
 */
export function LanguagePicker(props: LanguagePickerProps) {
  const { languages, recent, value, chosen, onChange, onList } = props;
  const [open, setOpen] = useState(false);
  if (!languages || !value) return <Skeleton className="h-8 min-w-0 flex-1 touch:h-11" />;
  const { head, rest } = editorLabelParts(value, chosen);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    show(true);
  }

  function show(next: boolean): void {
    setOpen(next);
    if (next) onList();
  }

  function pick(id: string): void {
    setOpen(false);
    onChange(id);
  }

  return (
    <Popover.Root open={open} onOpenChange={show}>
      <Popover.Trigger
        role="combobox"
        aria-label="Language"
        onKeyDown={onKeyDown}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md border border-line-strong bg-raised pr-2 pl-2.5 text-base hover:bg-hover sm:pl-1.5"
      >
        <LanguageTile language={value} className="max-sm:hidden" />
        <span title={`${head}${rest}`} className="min-w-0 flex-1 truncate text-left">
          <span className="font-medium">{head}</span>
          <span className="text-muted max-sm:hidden">{rest}</span>
        </span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint max-sm:hidden" />
      </Popover.Trigger>
      {/* No portal: inside the header it stays within a landmark. */}
      <Popover.Content
        aria-label="Choose a language"
        align="start"
        sideOffset={6}
        collisionPadding={8}
        // On touch screens the keyboard would cover the list.
        onOpenAutoFocus={(event) => {
          if (window.matchMedia("(pointer: coarse)").matches) event.preventDefault();
        }}
        className="fade-in-0 zoom-in-95 z-50 flex max-h-(--radix-popover-content-available-height) w-[min(24rem,calc(100vw-1rem))] animate-in flex-col overflow-hidden rounded-lg border border-line-strong bg-raised shadow-pop duration-100"
      >
        <LanguageList languages={languages} recent={recent} value={value.id} onPick={pick} />
      </Popover.Content>
    </Popover.Root>
  );
}
