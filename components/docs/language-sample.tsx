import { SquarePen } from "lucide-react";
import { sampleDraft } from "@/lib/client/drafts";
import { linkOf } from "@/lib/client/programs/link";
import type { LanguageInfo } from "@/lib/schemas/language";
import { HighlightedCode } from "../share/highlighted-code";
import { buttonStyle } from "../ui/button";

/** A language's first program, to be read, and to be opened in the editor as a copy of one's own. */
export function LanguageSample({ language }: { language: LanguageInfo }) {
  const { id, name, mainFile, editor, sample } = language;
  const link = linkOf({ language: id, title: "", content: sampleDraft(language) });
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-y bg-sunken py-1.5 pr-2 pl-4">
        <h3 className="wrap-anywhere min-w-0 font-medium font-mono text-base">{mainFile}</h3>
        {link.ok ? (
          // Not a link of Next.js: the editor reads the fragment when its page begins.
          <a
            href={`/#${link.fragment}`}
            aria-label={`Open in the editor: ${name}`}
            className={buttonStyle({ size: "sm" })}
          >
            <SquarePen aria-hidden="true" />
            Open in the editor
          </a>
        ) : null}
      </div>
      <HighlightedCode code={sample.code} language={id} like={editor} label={`Sample in ${name}`} />
    </>
  );
}
