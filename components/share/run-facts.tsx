import type { ReactNode } from "react";
import { joinArgs } from "@/lib/client/args";
import { formatBytes, formatDuration } from "@/lib/client/format";
import { isolationText } from "@/lib/client/isolation-text";
import { formatUtc } from "@/lib/client/time-text";
import type { RunDetail } from "@/lib/schemas/history";
import { HighlightedCode } from "./highlighted-code";
import { ResultPart } from "./program-output";

/** What the program was given besides its code: input, arguments, files. */
export function RunInputs({ run }: { run: RunDetail }) {
  const { stdin, args, files, mode } = run.request;
  const typed = mode !== "batch";
  if (stdin === "" && args.length === 0 && files.length === 0 && !typed) return null;
  return (
    <div className="border-line border-t bg-sunken pb-3">
      {stdin === "" ? null : (
        <ResultPart name="Standard input">
          <Plain text={stdin} />
        </ResultPart>
      )}
      {typed ? (
        <ResultPart name="Typed input">
          <p className="text-base text-muted">Input was typed while it ran. It is not kept.</p>
        </ResultPart>
      ) : null}
      {args.length === 0 ? null : (
        <ResultPart name="Arguments">
          <Plain text={joinArgs(args)} />
        </ResultPart>
      )}
      {files.length === 0 ? null : (
        <ResultPart name="Files beside it">
          {files.map((file) => (
            <details key={file.path} className="mb-1.5 rounded-md border border-line bg-surface">
              <summary className="cursor-pointer px-2.5 py-1.5 font-mono text-base">{file.path}</summary>
              <HighlightedCode
                code={file.content}
                language={sameKind(file.path, run)}
                label={`File ${file.path}`}
              />
            </details>
          ))}
        </ResultPart>
      )}
    </div>
  );
}

/** Data files are not highlighted as code. */
function sameKind(path: string, run: RunDetail): string {
  return /\.(?:txt|csv|json|md|dat|log)$/i.test(path) ? "" : run.request.language;
}

function Plain({ text }: { text: string }) {
  return (
    <pre
      dir="ltr"
      className="max-h-60 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-surface px-2.5 py-1.5 font-mono text-base"
    >
      {text}
    </pre>
  );
}

/** Start time, limits, image and expiry of a run. */
export function AboutRun({ run }: { run: RunDetail }) {
  const { limits } = run;
  return (
    <section aria-labelledby="origin" className="rounded-lg border border-line bg-surface">
      <h2 id="origin" className="border-line border-b px-4 py-2.5 font-medium text-base">
        About this run
      </h2>
      <dl className="grid gap-x-8 gap-y-3 p-4 sm:grid-cols-2 lg:grid-cols-3">
        <Detail name="Started">
          <time dateTime={run.createdAt}>{formatUtc(run.createdAt)}</time>
        </Detail>
        <Detail name="Waited before it began">{formatDuration(run.queuedMs)}</Detail>
        {limits ? (
          <Detail name="Limits of the run">
            {formatBytes(limits.run.memoryBytes)} memory, {limits.run.cpus} CPU, {limits.run.timeoutMs / 1000}{" "}
            s
          </Detail>
        ) : null}
        {limits && run.compile ? (
          <Detail name="Limits of the compiler">
            {formatBytes(limits.compile.memoryBytes)} memory, {limits.compile.cpus} CPU,{" "}
            {limits.compile.timeoutMs / 1000} s
          </Detail>
        ) : null}
        {limits ? (
          <Detail name="Sandbox">
            {limits.processes} processes, {formatBytes(limits.tmpfsBytes)} disk, no network
          </Detail>
        ) : null}
        <Detail name="Ran in">{isolationText(run.isolation)}</Detail>
        {run.image ? (
          <Detail name="Image">
            <code className="break-all font-mono text-sm">{run.image}</code>
          </Detail>
        ) : null}
        {run.expiresAt ? (
          <Detail name="Kept until">
            <time dateTime={run.expiresAt}>{formatUtc(run.expiresAt)}</time>
          </Detail>
        ) : null}
      </dl>
    </section>
  );
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-sm">{name}</dt>
      <dd className="text-base tabular-nums">{children}</dd>
    </div>
  );
}
