import { AppError } from "../errors";
import type { Channel, FailedEvent, LiveEvent, LoggedEvent as Logged } from "../queue";
import { readableText } from "../schemas/byte-text";
import { OrderNotes } from "../schemas/output-order";
import type { RunEvent, RunOutput, RunResult, Stage, TestResult } from "../schemas/run";

/** An event as a run's watchers get it. */
export type LoggedEvent = Logged<RunEvent>;

/**
 * A run's events from after `afterSeq`; at the end of a run that could not be started its fault is thrown (`AppError`). With `everyByte` the
 * output of a terminal is as it was printed (`lib/schemas/byte-text.ts`), else U+FFFD stands for what is no text.
 */
export function watchRun(
  channel: Pick<Channel, "watch">,
  runId: string,
  afterSeq: number,
  { everyByte = false } = {},
): AsyncIterableIterator<LoggedEvent> {
  const events = channel.watch(runId, afterSeq);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      const { done, value } = await events.next();
      if (done) return { done, value: undefined };
      const { seq, event } = value;
      if (event.type === "failed") throw faultOf(event);
      return { done: false, value: { seq, event: everyByte ? event : readable(event) } };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}

function readable(event: RunEvent): RunEvent {
  if (event.type !== "stdout" && event.type !== "stderr") return event;
  return { ...event, text: readableText(event.text) };
}

/** A fault as an event; `faultOf` is the way back. Its cause is left out: it is logged where it happened. */
export function failedEvent(fault: AppError, run: RunResult): FailedEvent {
  const { code, message, details, headers, retryAfterS } = fault;
  return { type: "failed", error: { code, message, details, headers, retryAfterS }, run };
}

export function faultOf({ error: { code, message, retryAfterS, ...rest } }: FailedEvent): AppError {
  return new AppError(code, message, { ...rest, ...(retryAfterS === undefined ? {} : { retryAfterS }) });
}

/** The result with which a run has ended, if it has. */
export function endIn(events: readonly LiveEvent[]): RunResult | undefined {
  const last = events.at(-1);
  return last?.type === "done" || last?.type === "failed" ? last.run : undefined;
}

/** What a stage has written to each stream, and in which order. */
export type Printed = Pick<RunOutput, "stdout" | "stderr" | "order">;

export function printedIn(events: readonly LiveEvent[], stage: Stage): Printed {
  const text = { stdout: "", stderr: "" };
  const notes = new OrderNotes();
  let current: Stage = "run";
  for (const event of events) {
    if (event.type === "stage") current = event.stage;
    if ((event.type === "stdout" || event.type === "stderr") && current === stage) {
      text[event.type] += event.text;
      notes.add(event.type, event.text.length);
    }
  }
  const { order } = notes;
  return { stdout: readableText(text.stdout), stderr: readableText(text.stderr), ...(order && { order }) };
}

/** The results of the test cases that have ended, by their place in the request. */
export function testsIn(events: readonly LiveEvent[]): Map<number, TestResult> {
  return new Map(events.flatMap((event) => (event.type === "test" ? [[event.index, event.result]] : [])));
}

/** The events of a run that only the store has: `done`, and before it, for a watcher who has seen nothing, the first one. */
export async function* replay(result: RunResult, afterSeq: number): AsyncGenerator<LoggedEvent, undefined> {
  if (!(afterSeq >= 1)) yield { seq: 1, event: { type: "queued", id: result.id, position: 0 } };
  yield { seq: 2, event: { type: "done", run: result } };
}

/** The same with what was printed. */
export async function* replayPrinted(result: RunResult): AsyncGenerator<LoggedEvent, undefined> {
  const { compile, output, id } = result;
  const events: RunEvent[] = [
    { type: "queued", id, position: 0 },
    ...(compile ? printed("compile", compile) : []),
    ...printed("run", output),
    { type: "done", run: result },
  ];
  for (const [index, event] of events.entries()) yield { seq: index + 1, event };
}

function printed(stage: Stage, { stdout, stderr }: { stdout: string; stderr: string }): RunEvent[] {
  return [
    { type: "stage", stage },
    { type: "stdout", text: stdout },
    { type: "stderr", text: stderr },
  ];
}
