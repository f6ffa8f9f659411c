import pino, { type Logger } from "pino";

export type { Logger } from "pino";

/** JSON lines on standard output. Errors are logged once, at the edge that handles them. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
