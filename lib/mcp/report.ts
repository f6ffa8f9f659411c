import * as z from "zod";
import type { RunDetail } from "../schemas/history";
import { storedStatusSchema } from "../schemas/history";
import type { RunResult } from "../schemas/run";

/** Of each text; a model reads all of it, and pays for it. The whole is at the run's page and in the API. */
const MAX_TEXT_CHARS = 20_000;

/** What a model is told of a run: less than the API says, and in words that explain themselves. */
export const reportSchema = z.object({
  id: z.string(),
  url: z.string().describe("The run's page, for its owner and whom it is shared with"),
  language: z.string(),
  status: storedStatusSchema,
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  compilerOutput: z.string().nullable(),
  truncated: z.boolean().describe("Whether stdout or stderr are not whole here"),
  message: z.string().nullable().describe("What happened and what to do, for statuses that need words"),
  durationMs: z.number(),
  memoryBytes: z.number().nullable(),
  files: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.number().int(), url: z.string() })),
});
export type Report = z.infer<typeof reportSchema>;

export const detailedReportSchema = reportSchema.extend({
  code: z.string(),
  stdin: z.string(),
  createdAt: z.string(),
});

/** `origin` is this server's, for addresses that are opened from elsewhere. */
export function reportOf(run: RunResult | RunDetail, origin: URL): Report {
  const { output, compile } = run;
  const [stdout, stderr] = [shortened(output.stdout), shortened(output.stderr)];
  const compiler = compile === null ? "" : `${compile.stdout}${compile.stderr}`;
  return {
    ...{ id: run.id, url: new URL(`/r/${run.id}`, origin).href, language: run.language, status: run.status },
    ...{ exitCode: output.exitCode, signal: output.signal, stdout, stderr },
    compilerOutput: compiler === "" ? null : shortened(compiler),
    truncated: output.truncated || stdout !== output.stdout || stderr !== output.stderr,
    ...{ message: run.message, durationMs: run.durationMs, memoryBytes: run.memoryUsed },
    files: run.artifacts.map(({ name, type, bytes, url }) => ({
      ...{ name, type, bytes },
      url: new URL(url, origin).href,
    })),
  };
}

export function detailedReportOf(run: RunDetail, origin: URL): z.infer<typeof detailedReportSchema> {
  const { request, createdAt } = run;
  return {
    ...reportOf(run, origin),
    ...{ code: shortened(request.code), stdin: shortened(request.stdin), createdAt },
  };
}

/** The same as text. What is empty is left out, but that a program printed nothing is said. */
export function textOf(report: Report): string {
  const { status, exitCode, signal, durationMs, message, compilerOutput, stdout, stderr, files } = report;
  const ended = signal ? `, ended by ${signal}` : exitCode === null ? "" : `, exit code ${exitCode}`;
  const parts = [
    `Status: ${status}${ended}, ${Math.round(durationMs)} ms. Run ${report.id}`,
    ...(message === null ? [] : [message]),
    ...(compilerOutput === null ? [] : [`Compiler:\n${compilerOutput}`]),
    ...(stdout === "" ? [] : [`stdout:\n${stdout}`]),
    ...(stderr === "" ? [] : [`stderr:\n${stderr}`]),
    ...(stdout === "" && stderr === "" && status !== "running" ? ["It printed nothing."] : []),
    ...(files.length === 0
      ? []
      : [`Files: ${files.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(", ")}`]),
  ];
  return parts.join("\n\n");
}

/** Beginning and end of what is too long: what a program does first and why it ended are there. */
function shortened(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  const head = Math.floor(MAX_TEXT_CHARS * 0.6);
  const left = text.length - MAX_TEXT_CHARS;
  const cut = `${text.slice(0, head)}\n[${left.toLocaleString("en")} characters left out]\n${text.slice(head + left)}`;
  // A character of two units may have been cut through.
  return Buffer.from(cut).toString();
}
