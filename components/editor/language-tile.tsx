import type { CSSProperties } from "react";
import type { LanguageInfo } from "@/lib/schemas/language";
import { cn } from "../ui/cn";

interface LanguageTileProps {
  language: Pick<LanguageInfo, "id" | "extension">;
  className?: string;
}

/** Hues far enough from one another to be told apart; beyond them the letters do it. */
const HUES = [212, 48, 265, 158, 340, 20, 190, 300, 95] as const;

/** A language's file extension as its icon, in a colour of its own. */
export function LanguageTile({ language, className }: LanguageTileProps) {
  return (
    <span
      aria-hidden="true"
      style={{ "--tile-hue": hueOf(language.id) } as CSSProperties}
      className={cn(
        "language-tile flex h-5.5 w-9 shrink-0 items-center justify-center rounded-sm font-mono font-semibold text-xs",
        className,
      )}
    >
      {language.extension}
    </span>
  );
}

/** The same for a language wherever it is shown, and with whatever others. */
function hueOf(id: string): number {
  let sum = 11;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return HUES[sum % HUES.length] ?? HUES[0];
}
