"use client";

import { SlidersHorizontal } from "lucide-react";
import { Popover } from "radix-ui";
import { useRef } from "react";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { ChosenOptions } from "@/lib/schemas/language-options";
import { Button } from "../ui/button";
import { Tooltip } from "../ui/tooltip";
import { LanguageOptions } from "./language-options";
import { LanguagePicker } from "./language-picker";

interface LanguageChoiceProps {
  /** `null` while they are being fetched. */
  languages: readonly LanguageInfo[] | null;
  /** Ids of the languages that were picked or run in last. */
  recent: readonly string[];
  value: LanguageInfo | null;
  onLanguage: (id: string) => void;
  /** The list is opened; which images are there may be another by now. */
  onList: () => void;
  /** What of the language's options is chosen in the program. */
  chosen: ChosenOptions | undefined;
  onChosen: (chosen: ChosenOptions | undefined) => void;
  /** Whether the options are open. On narrow windows an entry of the menu opens them instead of the button. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The language picker, with a button for the language's options if it has some. Its width is the same for all languages, so that the header does not shift. */
export function LanguageChoice(props: LanguageChoiceProps) {
  const { languages, value, chosen, onChosen, open, onOpenChange } = props;
  const group = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const optional = value !== null && value.options.length > 0;
  return (
    <Popover.Root open={open && optional} onOpenChange={onOpenChange}>
      <Popover.Anchor asChild>
        <div ref={group} className="flex min-w-0 gap-1 max-sm:flex-1 sm:w-56 sm:shrink-0 lg:w-72">
          <LanguagePicker
            languages={languages}
            recent={props.recent}
            value={value}
            chosen={chosen}
            onChange={props.onLanguage}
            onList={props.onList}
          />
          {optional ? (
            <Tooltip label="Language options">
              <Popover.Trigger asChild>
                <Button
                  ref={button}
                  variant="ghost"
                  size="icon"
                  aria-label="Language options"
                  className="max-lg:hidden"
                >
                  <SlidersHorizontal aria-hidden="true" />
                </Button>
              </Popover.Trigger>
            </Tooltip>
          ) : null}
        </div>
      </Popover.Anchor>
      {optional ? (
        // No portal: inside the header it stays within a landmark.
        <Popover.Content
          ref={content}
          aria-label="Language options"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          // The first radio button is not the one that the arrow keys are to begin with.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.querySelector<HTMLElement>("input:checked")?.focus();
          }}
          // Where the button is not shown it cannot have the focus.
          onCloseAutoFocus={(event) => {
            if (button.current?.offsetParent) return;
            event.preventDefault();
            group.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
          }}
          className="fade-in-0 zoom-in-95 z-50 max-h-(--radix-popover-content-available-height) w-[min(22rem,calc(100vw-1rem))] animate-in overflow-y-auto rounded-lg border border-line-strong bg-raised p-4 shadow-pop outline-none duration-100"
        >
          <LanguageOptions language={value} chosen={chosen} onChange={onChosen} />
        </Popover.Content>
      ) : null}
    </Popover.Root>
  );
}
