import { inOrder } from "../schemas/output-order";
import type { RunEvent, RunResult, RunTest, Stage, TestResult, Usage } from "../schemas/run";
import { testKey } from "./test-key";
import { addText, placeTyped, type TranscriptPart, type TypedText, withTyped } from "./transcript";

/** A test case of the run, and its result as soon as it is known. */
export interface TestedCase {
  test: RunTest;
  result: TestResult | null;
}

/** Why there is no result. */
export interface RunFailure {
  code: string;
  message: string;
  retryAfterS: number | null;
}

/** A result on the page. One that was brought back has no quota, which is of no use any more. */
export type ShownResult = Omit<RunResult, "usage" | "limits"> & { usage: Usage | null };

/** The phase of the run. `idle` also after Clear; `loading` while an earlier run is brought back. */
export type RunPhase =
  | { name: "idle" }
  | { name: "loading" }
  | { name: "starting" }
  | { name: "queued"; position: number }
  | { name: "preparing"; message: string; percent: number | null }
  | { name: "running"; stage: Stage }
  | { name: "done"; result: ShownResult }
  | { name: "failed"; failure: RunFailure };

/** The state of the page's run. */
export interface RunState {
  phase: RunPhase;
  /** What it is a run of, as the page names its programs. */
  program: string;
  /** Id of the run's language, which may differ from the selected one by now. */
  language: string;
  /** The run's id; empty until the first event. */
  runId: string;
  /** Standard input stays open for the live input field. */
  interactive: boolean;
  /** It has a terminal, which shows what it prints; the texts here come with its result. */
  terminal: boolean;
  /** What it was given before anything was typed. */
  stdin: string;
  /** Lines of that. */
  givenLines: number;
  /** The live input has been ended. */
  inputEnded: boolean;
  stopping: boolean;
  /** The compiler's output, both streams in order of arrival. */
  compiler: string;
  /** Output and typed input in order. */
  transcript: readonly TranscriptPart[];
  /** What was typed while it ran, and where; of a run that is followed again, also what is not in the transcript yet. */
  typed: readonly TypedText[];
  /** How many of those are in the transcript. */
  placed: number;
  stdout: string;
  stderr: string;
  /** The test cases that the run was started with; none for a run of the program alone. */
  tests: readonly TestedCase[];
  /** The program whose tests ran last, and how each of them ended, by `testKey`; also of earlier runs, for those that ran only then. */
  testedProgram: string;
  verdicts: ReadonlyMap<string, TestResult>;
  /** Changes when a text was replaced instead of appended to, so that incremental readers start over. */
  revision: number;
}

/** What is known of a run at its start. */
export type RunOrigin = Pick<
  RunState,
  "program" | "language" | "interactive" | "terminal" | "stdin" | "givenLines"
>;
/** What is known of a run that was started before. */
export type EarlierRun = RunOrigin & Pick<RunState, "runId" | "inputEnded" | "typed">;

export type RunAction =
  | ({ type: "start"; tests?: readonly RunTest[] } & RunOrigin)
  | { type: "loading" }
  | { type: "nothing" }
  | ({ type: "follow" } & EarlierRun)
  | ({ type: "restored"; result: ShownResult } & EarlierRun)
  | { type: "events"; events: readonly RunEvent[] }
  | { type: "typed"; text: string }
  | { type: "inputEnded" }
  | { type: "stopping" }
  | { type: "stopFailed" }
  | { type: "failed"; failure: RunFailure }
  | { type: "clear" };

export const IDLE: RunState = {
  phase: { name: "idle" },
  program: "",
  language: "",
  runId: "",
  interactive: false,
  terminal: false,
  stdin: "",
  givenLines: 0,
  inputEnded: false,
  stopping: false,
  compiler: "",
  transcript: [],
  typed: [],
  placed: 0,
  stdout: "",
  stderr: "",
  tests: [],
  testedProgram: "",
  verdicts: new Map(),
  revision: 0,
};

const AT_REST: readonly RunPhase["name"][] = ["idle", "loading", "done", "failed"];

/** Whether a run is active. */
export function isActive({ phase }: RunState): boolean {
  return !AT_REST.includes(phase.name);
}

/** The reducer of the run's state. Texts are only appended to, unless `revision` changes. */
export function reduceRun(state: RunState, action: RunAction): RunState {
  const blank = { ...IDLE, ...verdictsOf(state), revision: state.revision + 1 };
  switch (action.type) {
    case "start": {
      const { type: _, tests = [], ...origin } = action;
      const tested = startTests(state, tests, origin.program);
      return { ...blank, ...origin, ...tested, phase: { name: "starting" } };
    }
    case "loading":
      return { ...blank, phase: { name: "loading" } };
    case "nothing":
      return state.phase.name === "loading" ? blank : state;
    case "follow": {
      const { type: _, ...earlier } = action;
      return placeTyped({ ...blank, ...earlier, phase: { name: "starting" } });
    }
    case "restored": {
      const { type: _, result, ...earlier } = action;
      return finish({ ...blank, ...earlier }, result);
    }
    case "events":
      // One copy for all of them: a program can write to its streams in turns, many thousand times.
      return action.events.reduce(applyEvent, { ...state, transcript: [...state.transcript] });
    case "typed": {
      const typed = [...state.typed, { at: printedLength(state), text: action.text }];
      return placeTyped({ ...state, typed, transcript: [...state.transcript] });
    }
    case "inputEnded":
      return { ...state, inputEnded: true };
    case "stopping":
      return isActive(state) ? { ...state, stopping: true } : state;
    case "stopFailed":
      return { ...state, stopping: false };
    case "failed":
      return { ...state, phase: { name: "failed", failure: action.failure }, stopping: false };
    case "clear":
      return isActive(state) ? state : blank;
  }
}

function applyEvent(state: Draft, event: RunEvent): Draft {
  switch (event.type) {
    case "queued": {
      const phase = { name: "queued", position: event.position } as const;
      const queued = { ...state, runId: event.id, phase };
      return event.attempt === undefined ? queued : anew(queued);
    }
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
    case "test":
      return { ...state, ...withResults(state, new Map([[event.index, event.result]])) };
    case "done":
      return finish(state, event.run);
  }
}

/** The machine of the first try was lost: what it printed counts no more. */
function anew(state: Draft): Draft {
  const printed = { compiler: "", stdout: "", stderr: "", transcript: [], placed: 0 };
  return { ...state, ...printed, revision: state.revision + 1 };
}

/** A state whose transcript may be changed in place. */
type Draft = RunState & { transcript: TranscriptPart[] };

function print(state: Draft, stream: "stdout" | "stderr", text: string): Draft {
  if (state.phase.name === "running" && state.phase.stage === "compile") {
    return { ...state, compiler: state.compiler + text };
  }
  const placed = addText(state.transcript, { kind: stream, text }, state, printedLength(state));
  return { ...state, placed, [stream]: state[stream] + text };
}

function printedLength({ stdout, stderr }: Pick<RunState, "stdout" | "stderr">): number {
  return stdout.length + stderr.length;
}

/** The result is authoritative: where the stream missed something, it replaces what was shown. */
function finish(state: RunState, result: ShownResult): Draft {
  const { stdout, stderr } = result.output;
  const compiled = result.compile ? result.compile.stdout + result.compile.stderr : "";
  // At the same length keep the streamed text: it has the order of both streams, which the result has lost.
  const compiler = state.compiler.length === compiled.length ? state.compiler : compiled;
  const complete = state.stdout === stdout && state.stderr === stderr;
  const onlyAppended = complete && compiler.startsWith(state.compiler);
  return {
    ...state,
    phase: { name: "done", result },
    stopping: false,
    transcript: complete ? [...state.transcript] : withTyped(inOrder(result.output), state.typed),
    placed: complete ? state.placed : state.typed.length,
    stdout,
    stderr,
    compiler,
    ...withResults(state, new Map(result.tests.entries())),
    revision: onlyAppended ? state.revision : state.revision + 1,
  };
}

type Tested = Pick<RunState, "tests" | "testedProgram" | "verdicts">;

const verdictsOf = ({ testedProgram, verdicts }: RunState) => ({ testedProgram, verdicts });

/** Tests that run again lose their verdicts, others keep them; a run without tests changes none. */
function startTests(state: RunState, tests: readonly RunTest[], program: string): Tested {
  if (tests.length === 0) return { tests: [], ...verdictsOf(state) };
  const verdicts = new Map(program === state.testedProgram ? state.verdicts : []);
  for (const test of tests) verdicts.delete(testKey(test));
  return { tests: tests.map((test) => ({ test, result: null })), testedProgram: program, verdicts };
}

function withResults(state: RunState, results: ReadonlyMap<number, TestResult>): Tested {
  if (state.tests.length === 0) return { tests: state.tests, ...verdictsOf(state) };
  const tests = state.tests.map((one, at) => ({ ...one, result: results.get(at) ?? one.result }));
  const verdicts = new Map(state.verdicts);
  for (const { test, result } of tests) if (result) verdicts.set(testKey(test), result);
  return { tests, testedProgram: state.testedProgram, verdicts };
}
