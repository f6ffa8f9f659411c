import type { RunEvent, RunMode, RunResult, Stage } from "../schemas/run";

/** A part of the transcript: printed by the program, or typed by the person. */
export interface TranscriptPart {
  kind: "printed" | "typed";
  text: string;
}

/** Why there is no result. */
export interface RunFailure {
  code: string;
  message: string;
  retryAfterS: number | null;
}

/** The phase of the run. `idle` also after Clear. */
export type RunPhase =
  | { name: "idle" }
  | { name: "starting" }
  | { name: "queued"; position: number }
  | { name: "preparing"; message: string; percent: number | null }
  | { name: "running"; stage: Stage }
  | { name: "done"; result: RunResult }
  | { name: "failed"; failure: RunFailure };

/** The state of the page's run. */
export interface RunState {
  phase: RunPhase;
  /** Id of the run's language, which may differ from the selected one by now. */
  language: string;
  /** The run's id; empty until the first event. */
  runId: string;
  /** Standard input stays open for the live input field. */
  interactive: boolean;
  /** It has a terminal, which shows what it prints; the texts here come with its result. */
  terminal: boolean;
  /** The live input has been ended. */
  inputEnded: boolean;
  stopping: boolean;
  /** The compiler's output, both streams in order of arrival. */
  compiler: string;
  transcript: readonly TranscriptPart[];
  /** Standard output without typed input, for Copy and Download. */
  stdout: string;
  stderr: string;
  /** Changes when a text was replaced instead of appended to, so that incremental readers start over. */
  revision: number;
}

export type RunAction =
  | { type: "start"; language: string; mode: RunMode }
  | { type: "events"; events: readonly RunEvent[] }
  | { type: "typed"; text: string }
  | { type: "inputEnded" }
  | { type: "stopping" }
  | { type: "stopFailed" }
  | { type: "failed"; failure: RunFailure }
  | { type: "clear" };

export const IDLE: RunState = {
  phase: { name: "idle" },
  language: "",
  runId: "",
  interactive: false,
  terminal: false,
  inputEnded: false,
  stopping: false,
  compiler: "",
  transcript: [],
  stdout: "",
  stderr: "",
  revision: 0,
};

/** Whether a run is active. */
export function isActive({ phase }: RunState): boolean {
  return phase.name !== "idle" && phase.name !== "done" && phase.name !== "failed";
}

/** The reducer of the run's state. Texts are only appended to, unless `revision` changes. */
export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case "start":
      return {
        ...IDLE,
        revision: state.revision + 1,
        phase: { name: "starting" },
        language: action.language,
        interactive: action.mode === "interactive",
        terminal: action.mode === "terminal",
      };
    case "events":
      return action.events.reduce(applyEvent, state);
    case "typed":
      return { ...state, transcript: append(state.transcript, "typed", action.text) };
    case "inputEnded":
      return { ...state, inputEnded: true };
    case "stopping":
      return isActive(state) ? { ...state, stopping: true } : state;
    case "stopFailed":
      return { ...state, stopping: false };
    case "failed":
      return { ...state, phase: { name: "failed", failure: action.failure }, stopping: false };
    case "clear":
      return isActive(state) ? state : { ...IDLE, revision: state.revision + 1 };
  }
}

function applyEvent(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "queued":
      return { ...state, runId: event.id, phase: { name: "queued", position: event.position } };
    case "preparing":
      return {
        ...state,
        phase: { name: "preparing", message: event.message, percent: event.percent ?? null },
      };
    case "stage":
      return { ...state, phase: { name: "running", stage: event.stage } };
    case "stdout":
    case "stderr":
      return print(state, event.type, event.text);
    case "done":
      return finish(state, event.run);
  }
}

function print(state: RunState, stream: "stdout" | "stderr", text: string): RunState {
  if (state.phase.name === "running" && state.phase.stage === "compile") {
    return { ...state, compiler: state.compiler + text };
  }
  if (stream === "stderr") return { ...state, stderr: state.stderr + text };
  return {
    ...state,
    stdout: state.stdout + text,
    transcript: append(state.transcript, "printed", text),
  };
}

/** The result is authoritative: where the stream missed something, it replaces what was shown. */
function finish(state: RunState, result: RunResult): RunState {
  const { stdout, stderr } = result.output;
  const compiled = result.compile ? result.compile.stdout + result.compile.stderr : "";
  // At the same length keep the streamed text: it has the order of both streams, which the result has lost.
  const compiler = state.compiler.length === compiled.length ? state.compiler : compiled;
  const complete = state.stdout === stdout;
  const onlyAppended = complete && stderr.startsWith(state.stderr) && compiler.startsWith(state.compiler);
  return {
    ...state,
    phase: { name: "done", result },
    stopping: false,
    transcript: complete ? state.transcript : [{ kind: "printed", text: stdout }],
    stdout,
    stderr,
    compiler,
    revision: onlyAppended ? state.revision : state.revision + 1,
  };
}

function append(parts: readonly TranscriptPart[], kind: TranscriptPart["kind"], text: string) {
  const last = parts.at(-1);
  if (last?.kind !== kind) return [...parts, { kind, text }];
  return [...parts.slice(0, -1), { kind, text: last.text + text }];
}
