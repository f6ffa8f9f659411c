import { Check } from "lucide-react";
import { languageParts } from "@/lib/client/language-label";
import type { LanguageInfo } from "@/lib/schemas/language";
import { cn } from "../ui/cn";
import { LanguageTile } from "./language-tile";

interface LanguageOptionProps {
  id: string;
  language: LanguageInfo;
  /** Enter would pick it. */
  active: boolean;
  /** It is the list's selected row. */
  selected: boolean;
  /** It is the current language, which may have a second row. */
  marked: boolean;
  onHover: () => void;
  onPick: () => void;
}

/** A row of the language list. All have room for the mark, and a long name gives way, so that nothing shifts. */
export function LanguageOption(props: LanguageOptionProps) {
  const { language } = props;
  const { head, rest } = languageParts(language);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      id={props.id}
      role="option"
      aria-selected={props.selected}
      tabIndex={-1}
      onMouseMove={props.onHover}
      onClick={props.onPick}
      className={cn(
        // The margin brings the heading of the first row along.
        "flex h-9 scroll-mt-9 scroll-mb-1 cursor-pointer select-none items-center gap-2.5 rounded-md px-1.5 text-base touch:h-11",
        props.active && "bg-hover",
      )}
    >
      <LanguageTile language={language} />
      <span title={`${head}${rest}`} className="min-w-0 flex-1 truncate">
        {head}
        <span className="text-faint text-sm tabular-nums">{rest}</span>
      </span>
      {language.ready ? null : <span className="shrink-0 text-faint text-sm">made at its first run</span>}
      <Check
        aria-hidden="true"
        className={cn("mr-1 size-4 shrink-0 text-accent-ink", !props.marked && "invisible")}
      />
    </div>
  );
}
