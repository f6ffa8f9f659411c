import { nanoid } from "nanoid";
import { AppError, ERROR_STATUS, type ErrorCode } from "../errors";
import { type FormatStyle, type Language, limitsOf } from "../languages";
import type { Logger } from "../log";
import type { PlanLimits } from "../plans";
import type { Fleet, FleetAnswer } from "../queue/fleet";
import type { RunOutcome, RunSpec, Sandbox } from "../sandbox/sandbox";
import { USUAL_SIZE } from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";
import { publicFault } from "./outcomes";
import { runInSandbox, SandboxBrokenError, SandboxStartError } from "./run-in-sandbox";

/** Longer than a formatter takes under any limits, with a container that has to be made for it on a busy machine. */
const ANSWER_MS = 60_000;

/** A program for its language's formatter. */
export interface UnformattedProgram {
  /** One that has a formatter. */
  language: Language;
  style: FormatStyle;
  code: string;
  limits: RunLimits;
}

/** How the formatter's run ended; what it printed is the formatted program. */
export type FormatterEnd = Pick<RunOutcome, "status" | "output" | "message">;

/** Runs a language's formatter, here or on a worker. Throws `docker_unavailable`, `image_unavailable`, `queue_full`, or `internal` when it broke off. */
export type RunFormatter = (program: UnformattedProgram, signal: AbortSignal) => Promise<FormatterEnd>;

/** The limits that a formatter is held to under a plan. */
export function formatLimits(plan: PlanLimits, language: Language): RunLimits {
  return limitsOf(plan, formatterOf(language, { tabWidth: 4 }), "batch");
}

/** In a sandbox of this process. */
export function formatInSandbox({ sandbox, log }: { sandbox: Sandbox; log: Logger }): RunFormatter {
  return async ({ language, style, code, limits }, signal) => {
    const spec: RunSpec = {
      ...{ id: `format-${nanoid()}`, language: formatterOf(language, style), code: "", files: [], args: [] },
      ...{ tests: [], mode: "batch", terminal: USUAL_SIZE, repl: false, limits },
    };
    const onFault = (error: unknown) =>
      log.error({ err: error, run: spec.id }, "the sandbox of a formatter failed");
    try {
      const { outcome } = runInSandbox(sandbox, spec, { signal, stdin: code }, { onEvent() {}, onFault });
      const { status, output, message } = await outcome;
      return { status, output, message };
    } catch (error) {
      const told =
        error instanceof SandboxStartError || error instanceof SandboxBrokenError ? error.cause : error;
      throw told instanceof AppError ? told : brokenOff(error);
    }
  };
}

/** On a worker, which answers with what `answerFormat` makes of it. */
export function formatOnWorkers({ fleet }: { fleet: Pick<Fleet, "call"> }): RunFormatter {
  return async ({ language, style, code, limits }, signal) => {
    const call = { type: "format" as const, language: language.id, ...style, code, limits };
    const answer = await fleet.call(call, { timeoutMs: ANSWER_MS, signal });
    if (!answer.ok) throw new AppError(knownCode(answer.code), answer.message, { retryAfterS: 1 });
    if (!answer.formatted) throw brokenOff(new Error("A worker answered without the formatter's end."));
    return answer.formatted;
  };
}

/** For a worker: the formatter's end, or the fault, as an answer that can be sent. */
export async function answerFormat(work: Promise<FormatterEnd>): Promise<FleetAnswer> {
  try {
    return { ok: true, formatted: await work };
  } catch (error) {
    const { code, message } = publicFault(error);
    return { ok: false, code, message };
  }
}

/** A worker of another version may know codes that this one does not. */
function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code) ? (code as ErrorCode) : "internal";
}

/** The language with its formatter in place of its program. */
function formatterOf(language: Language, style: FormatStyle): Language {
  const { compile: _, standby: __, flushesOnSignal: ___, limits: ____, format, ...rest } = language;
  return { ...rest, run: format?.(style) ?? [] };
}

function brokenOff(cause: unknown): AppError {
  return new AppError("internal", "The formatter broke off; try again.", { cause });
}
