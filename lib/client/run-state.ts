import type { RunEvent, RunResult, Stage } from "../schemas/run";

/** A stretch of what the Output part shows: what the program printed, or what the person typed to it. */
export interface TranscriptPart {
  kind: "printed" | "typed";
  text: string;
}

/** Why there is no result: the server refused, could not, or was not there. */
export interface RunFailure {
  code: string;
  message: string;
  retryAfterS: number | null;
}

/** Where a run stands. `idle` is also the state after Clear. */
export type RunPhase =
  | { name: "idle" }
  | { name: "starting" }
  | { name: "queued"; position: number }
  | { name: "preparing"; message: string; percent: number | null }
  | { name: "running"; stage: Stage }
  | { name: "done"; result: RunResult }
  | { name: "failed"; failure: RunFailure };

/** All the page knows of the run it shows. */
export interface RunState {
  phase: RunPhase;
  /** The language's id, from when Run was pressed: the picker may have moved on since. */
  language: string;
  /** The server's name of the run; empty until its first event. */
  runId: string;
  /** Standard input is kept open for the live field. */
  interactive: boolean;
  /** The live field has ended its input. */
  inputEnded: boolean;
  stopping: boolean;
  /** What the compiler printed, both streams in the order they came. */
  compiler: string;
  transcript: readonly TranscriptPart[];
  /** Standard output alone, without what was typed: what Copy and Download give. */
  stdout: string;
  stderr: string;
  /** Changes when a text was replaced rather than appended to, so that a view that reads on starts over. */
  revision: number;
}

export type RunAction =
  | { type: "start"; language: string; interactive: boolean }
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
  inputEnded: false,
  stopping: false,
  compiler: "",
  transcript: [],
  stdout: "",
  stderr: "",
  revision: 0,
};

/** Whether a run is under way, so that a second one must wait. */
export function isActive({ phase }: RunState): boolean {
  return phase.name !== "idle" && phase.name !== "done" && phase.name !== "failed";
}

/** The one place where a run's state changes. Texts are only ever appended to while a run lives, so views may read on. */
export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case "start":
      return {
        ...IDLE,
        revision: state.revision + 1,
        phase: { name: "starting" },
        language: action.language,
        interactive: action.interactive,
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

/** The result is the truth: where the stream missed something, what was shown is replaced by it. */
function finish(state: RunState, result: RunResult): RunState {
  const { stdout, stderr } = result.output;
  const compiled = result.compile ? result.compile.stdout + result.compile.stderr : "";
  // Same length: the same text in the order in which it came, which the two streams of the result no longer tell.
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
