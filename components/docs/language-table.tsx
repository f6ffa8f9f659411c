"use client";

import Link from "next/link";
import { formatBytes } from "@/lib/client/format";
import { languageLabel } from "@/lib/client/language-label";
import { useLanguages } from "@/lib/client/use-languages";
import { LanguageTile } from "../editor/language-tile";
import { LoadFailure, RowsSkeleton } from "../section";

const CELL = "px-4 py-2 text-left";

/** The languages that this server offers, with the versions that programs run with. */
export function LanguageTable() {
  const [state, reload] = useLanguages();
  if (state.name === "loading") return <RowsSkeleton rows={6} />;
  if (state.name === "failed") return <LoadFailure text={state.error.message} onRetry={reload} />;
  return (
    <table className="w-full text-base">
      <thead className="border-line border-b text-muted text-sm">
        <tr>
          <th className={CELL}>Language</th>
          <th className={CELL}>Main file</th>
          <th className={`${CELL} max-sm:hidden`}>Each run</th>
        </tr>
      </thead>
      <tbody>
        {state.languages.map((language) => (
          <tr key={language.id} className="border-line border-b last:border-b-0">
            <td className={CELL}>
              <span className="flex items-center gap-2.5">
                <LanguageTile language={language} className="max-sm:hidden" />
                <Link
                  href={`/docs/languages#${language.id}`}
                  prefetch={false}
                  className="rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-current"
                >
                  {languageLabel(language)}
                </Link>
              </span>
            </td>
            <td className={`${CELL} font-mono`}>{language.mainFile}</td>
            <td className={`${CELL} text-muted tabular-nums max-sm:hidden`}>
              {formatBytes(language.limits.run.memoryBytes)}, {language.limits.run.timeoutMs / 1000} s
              {language.limits.compile
                ? `, compiled in at most ${language.limits.compile.timeoutMs / 1000} s`
                : ""}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
