import Link from "next/link";
import { formatBytes } from "@/lib/client/format";
import type { DocumentedLanguage } from "@/lib/schemas/language";
import type { StageLimits } from "@/lib/schemas/run-limits";
import { unusualCompileLimits, usualCompileLimits } from "./compile-limits";
import { LanguageEntry } from "./language-entry";
import { LanguageFinder } from "./language-finder";

/** Every language with its versions, commands and a first program. */
export function LanguagesPage({ languages }: { languages: readonly DocumentedLanguage[] }) {
  const usual = usualCompileLimits(languages);
  const run = languages[0]?.limits.run;
  return (
    <div className="mx-auto max-w-5xl px-4 py-8 sm:px-6">
      <p className="text-base">
        <Link
          href="/docs"
          prefetch={false}
          className="touch-target inline-flex items-center rounded-sm text-accent-ink underline hover:text-ink"
        >
          How to use Quicksand
        </Link>
      </p>
      <h1 className="mt-2 font-semibold text-2xl tracking-tight">Languages</h1>
      <p className="mt-2 max-w-2xl text-lg text-muted">
        What this server runs, and with what.{run ? ` A guest's program has ${limitsText(run)}.` : ""}
        {usual ? ` Where nothing else is said, its compiler has ${limitsText(usual)}.` : ""}
      </p>
      <LanguageFinder
        languages={languages.map((language) => ({
          // Not the whole language: what a client component is given is sent to the browser once more.
          names: {
            id: language.id,
            name: language.name,
            extension: language.extension,
            aliases: language.aliases,
            packages: language.packages?.names ?? [],
          },
          entry: (
            <LanguageEntry
              language={language}
              compileLimits={limitsOrNull(unusualCompileLimits(language, usual))}
            />
          ),
        }))}
      />
    </div>
  );
}

function limitsOrNull(limits: StageLimits | null): string | null {
  return limits && limitsText(limits);
}

function limitsText({ memoryBytes, cpus, timeoutMs }: StageLimits): string {
  const share = cpus === 1 ? "1 processor" : cpus < 1 ? `${cpus} of a processor` : `${cpus} processors`;
  return `${formatBytes(memoryBytes)}, ${timeoutMs / 1000} s and ${share}`;
}
