import { formatBytes, formatDuration } from "@/lib/client/format";
import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { inOrder } from "@/lib/schemas/output-order";
import { countTests } from "@/lib/schemas/test-counts";
import { Artifacts } from "../output/artifacts";
import { Notice } from "../output/notices";
import { ExitCode, FACTS, Fact, lastStage, StatusMark, Unknown } from "../run/facts";
import { explain, runWords } from "../run/status-words";
import { TestReport } from "../tests/test-report";
import { cn } from "../ui/cn";
import { ProgramOutput, ResultPart } from "./program-output";

interface ResultViewProps {
  run: RunDetail;
  language: LanguageInfo | null;
}

/** A stored result, laid out like the IDE's output pane. */
export function ResultView({ run, language }: ResultViewProps) {
  const { status } = run;
  const running = status === "running";
  const label = runWords({ status, tests: countTests(run.tests) });
  const words = status === "running" ? null : explain({ ...run, status }, run.limits);
  const nothing = run.output.stdout === "" && run.output.stderr === "" && !run.compile?.stderr;
  return (
    <div className="@container pb-4">
      <Figures run={run} language={language} />
      {words === null ? null : <Notice tone={label.tone} text={words} />}
      <TestReport run={run} />
      <CompilerOutput run={run} />
      <ProgramOutput name="Output" pieces={inOrder(run.output)} whole={`/r/${run.id}/raw?part=all`} />
      {nothing && run.tests.length === 0 ? (
        <ResultPart name="Output">
          <p className="text-base text-faint">
            {running
              ? "The program is still running. Load the page again to see more."
              : "The program printed nothing."}
          </p>
        </ResultPart>
      ) : null}
      <Artifacts artifacts={run.artifacts} />
    </div>
  );
}

/** Folded away when the program ran all the same. */
function CompilerOutput({ run: { compile } }: Pick<ResultViewProps, "run">) {
  if (!compile || compile.stdout + compile.stderr === "") return null;
  const pieces = inOrder(compile);
  if (compile.exitCode !== 0) return <ProgramOutput name="Compiler" pieces={pieces} />;
  return (
    <details className="pt-3">
      <summary className="cursor-pointer px-4 text-faint text-sm hover:text-ink">
        The compiler had something to say
      </summary>
      <ProgramOutput name="Compiler" pieces={pieces} />
    </details>
  );
}

function Figures({ run, language }: ResultViewProps) {
  const ended = run.status !== "running";
  const last = lastStage(run);
  return (
    <dl className={cn(FACTS, "border-line border-b px-4")}>
      <Fact name="Status" unnamed>
        <StatusMark words={runWords({ ...run, tests: countTests(run.tests) })} active={!ended} />
      </Fact>
      <Fact name="Duration">{ended ? formatDuration(last.durationMs) : <Unknown />}</Fact>
      <Fact name="Memory">{run.memoryUsed ? formatBytes(run.memoryUsed) : <Unknown />}</Fact>
      <Fact name="Exit code">{ended && last.exitCode !== null ? <ExitCode {...last} /> : <Unknown />}</Fact>
      <Fact name="Language">
        {language?.name ?? run.language}
        <span className="text-faint">{language?.version}</span>
      </Fact>
      <Fact name="CPU time">{run.cpuMs ? formatDuration(run.cpuMs) : <Unknown />}</Fact>
      {run.compile && run.status !== "compile_error" ? (
        <Fact name="Compiled in">{formatDuration(run.compile.durationMs)}</Fact>
      ) : null}
    </dl>
  );
}
