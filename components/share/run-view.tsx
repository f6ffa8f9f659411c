import { languageLabel } from "@/lib/client/language-label";
import { formatUtc } from "@/lib/client/time-text";
import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { countTests, testWords } from "@/lib/schemas/test-counts";
import { TakedownNotice } from "../moderation/takedown-notice";
import { StatusMark } from "../run/facts";
import { runWords } from "../run/status-words";
import { HighlightedCode } from "./highlighted-code";
import { ResultView } from "./result-view";
import { RunActions, VisibilityMark } from "./run-actions";
import { AboutRun, RunInputs } from "./run-facts";
import { runHeading } from "./run-heading";

interface RunViewProps {
  run: RunDetail;
  /** `null` when this server no longer offers it. */
  language: LanguageInfo | null;
  /** The viewer is an admin. */
  moderator: boolean;
}

/** A run's page, rendered on the server. Everything a program printed is text, never markup. */
export function RunView({ run, language, moderator }: RunViewProps) {
  const tests = countTests(run.tests);
  return (
    <div className="mx-auto w-full max-w-7xl space-y-4 px-4 py-5 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 space-y-1">
          <h1 className="break-words font-semibold text-xl">{runHeading({ run, language })}</h1>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-base text-muted">
            {run.own && !run.takedown ? <VisibilityMark visibility={run.visibility} /> : null}
            {language ? <span>{languageLabel(language, run.options)}</span> : null}
            <span>
              Run on <time dateTime={run.createdAt}>{formatUtc(run.createdAt)}</time>
            </span>
            {tests ? (
              <StatusMark words={{ ...runWords({ ...run, tests }), label: testWords(tests) }} />
            ) : null}
          </p>
        </div>
        <RunActions
          // Not the whole run: what a client component is given is sent to the browser, the output included.
          run={{ id: run.id, own: run.own, visibility: run.visibility, takedown: run.takedown }}
          moderator={moderator}
        />
      </div>
      {run.takedown ? <TakedownNotice takedown={run.takedown} /> : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <section
          aria-label="Program"
          className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface"
        >
          <h2 className="border-line border-b px-4 py-2.5 font-medium font-mono text-base">
            {language?.mainFile ?? "Program"}
          </h2>
          <HighlightedCode
            code={run.request.code}
            language={run.language}
            like={language?.editor}
            label="Code"
          />
          <RunInputs run={run} />
        </section>
        <section
          aria-label="Result"
          className="min-w-0 overflow-hidden rounded-lg border border-line bg-canvas"
        >
          <h2 className="border-line border-b bg-surface px-4 py-2.5 font-medium text-base">Result</h2>
          <ResultView run={run} language={language} />
        </section>
      </div>
      <AboutRun run={run} />
    </div>
  );
}
