import { ExternalLink } from "lucide-react";
import { languageLabel } from "@/lib/client/language-label";
import { runUrl } from "@/lib/client/run-url";
import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { changedOptions } from "@/lib/schemas/language-options";
import { countTests } from "@/lib/schemas/test-counts";
import { Logo } from "../logo";
import { StatusMark } from "../run/facts";
import { runWords } from "../run/status-words";
import { cn } from "../ui/cn";
import type { EmbeddedRun } from "./embed-editor";
import { EmbedEditor } from "./embed-editor-loader";
import { HighlightedCode } from "./highlighted-code";
import { ResultView } from "./result-view";
import { runHeading } from "./run-heading";

interface EmbedViewProps {
  run: RunDetail;
  language: LanguageInfo | null;
  /** `null` follows the viewer's system. */
  theme: "light" | "dark" | null;
  /** The reader can change the program and run it. */
  edit: boolean;
}

/** A run for an iframe: code, result and a link to its page. */
export function EmbedView({ run, language, theme, edit }: EmbedViewProps) {
  const tests = countTests(run.tests);
  return (
    // The theme class works on any element: the tokens are defined for what is inside it.
    <div className={cn("flex h-dvh flex-col bg-canvas text-ink", theme)}>
      <header className="flex h-10 shrink-0 items-center gap-2.5 border-line border-b bg-surface px-3">
        <Logo className="size-5 shrink-0" />
        <h1 className="min-w-0 truncate font-medium text-base">{runHeading({ run, language })}</h1>
        {language ? (
          <p className="min-w-0 truncate text-muted text-sm">{languageLabel(language, run.options)}</p>
        ) : null}
        {tests ? <StatusMark words={runWords({ ...run, tests })} /> : null}
        <a
          href={runUrl(run.id)}
          target="_blank"
          rel="noopener noreferrer"
          className="ml-auto flex shrink-0 items-center gap-1.5 rounded-sm font-medium text-accent-ink text-sm hover:underline"
        >
          Open in Quicksand
          <ExternalLink aria-hidden="true" className="size-3.5" />
        </a>
      </header>
      {edit && language ? (
        <main className="flex min-h-0 flex-1 flex-col">
          <EmbedEditor run={embedded(run, language)} fileName={language.mainFile} />
        </main>
      ) : (
        <main className="min-h-0 flex-1 overflow-y-auto">
          <section aria-label="Program" className="border-line border-b bg-surface">
            <h2 className="sr-only">Program</h2>
            <HighlightedCode
              code={run.request.code}
              language={run.language}
              like={language?.editor}
              label="Code"
            />
          </section>
          <section aria-label="Result">
            <h2 className="sr-only">Result</h2>
            <ResultView run={run} language={language} />
          </section>
        </main>
      )}
    </div>
  );
}

/** Not the whole run: what a client component is given is sent to the browser. Options that there are no more could not be run with. */
function embedded(run: RunDetail, language: LanguageInfo): EmbeddedRun {
  const { status, output, compile, durationMs, request } = run;
  const { code, stdin, args, files } = request;
  const options = changedOptions(language.options, request.options);
  return {
    ...{ language: run.language, status, output, compile, durationMs },
    request: { options, code, stdin, args, files },
  };
}
