import * as z from "zod";
import { type ProgramSignal, programSignalSchema } from "../../schemas/run";

/** What a client says over a WebSocket. */
export const clientFrameSchema = z.discriminatedUnion("type", [
  // The other fields are those of `execute`, which has an order of its own to look at them.
  z.looseObject({ type: z.literal("init") }),
  z.looseObject({ type: z.literal("data"), stream: z.unknown().optional(), data: z.unknown().optional() }),
  z.looseObject({ type: z.literal("signal"), signal: z.unknown().optional() }),
  /** Ours: Piston has no way to say it. */
  z.looseObject({ type: z.literal("eof") }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** What is said to it. */
export type ServerFrame =
  | { type: "runtime"; language: string; version: string }
  | { type: "stage"; stage: "compile" | "run" }
  | { type: "data"; stream: "stdout" | "stderr"; data: string }
  | { type: "exit"; stage: "compile" | "run"; code: number | null; signal: string | null }
  | { type: "error"; message: string };

/** Piston's codes, and the reasons that it gives with them. */
export const CLOSE = {
  alreadyInitialized: [4000, "Already Initialized"],
  notInTime: [4001, "Initialization Timeout"],
  notified: [4002, "Notified Error"],
  notInitialized: [4003, "Not yet initialized"],
  onlyStdin: [4004, "Can only write to stdin"],
  invalidSignal: [4005, "Invalid signal"],
  completed: [4999, "Job Completed"],
  /** Of the protocol (RFC 6455). */
  serverStops: [1001, "The server stops."],
} as const satisfies Record<string, readonly [code: number, reason: string]>;

/** Other names of the same signals. */
const SYNONYMS: Readonly<Record<string, ProgramSignal>> = {
  SIGIOT: "SIGABRT",
  SIGCLD: "SIGCHLD",
  SIGPOLL: "SIGIO",
};

/** `null` for what is no signal. */
export function signalNamed(name: unknown): ProgramSignal | null {
  const known = typeof name === "string" && Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : name;
  return programSignalSchema.safeParse(known).data ?? null;
}
