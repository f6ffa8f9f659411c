import type { DocumentedLanguage } from "@/lib/schemas/language";
import { LanguageTile } from "../editor/language-tile";
import { LanguageFacts } from "./language-facts";
import { LanguageSample } from "./language-sample";

interface LanguageEntryProps {
  language: DocumentedLanguage;
  /** What its compiler is held to, where that is not what the page says of all. */
  compileLimits: string | null;
}

/** A language with all that there is to know of it; `#lua` of the page leads to it. */
export function LanguageEntry({ language, compileLimits }: LanguageEntryProps) {
  const { id, name, version, edition } = language;
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6 space-y-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <LanguageTile language={language} />
        <h2 id={`${id}-title`} className="font-semibold text-xl tracking-tight">
          {name}
        </h2>
        <p className="text-base text-muted tabular-nums">
          {edition === undefined ? version : `${edition} · ${version}`}
        </p>
        {language.ready ? null : <p className="ml-auto text-faint text-sm">first run takes longer</p>}
      </div>
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <LanguageFacts language={language} compileLimits={compileLimits} />
        <LanguageSample language={language} />
      </div>
    </section>
  );
}
