import pino, { type Logger } from "pino";
import { workContext } from "./telemetry/context";

export type { Logger } from "pino";

const BACKGROUND = Symbol.for("quicksand.background");

/**
 * JSON lines on standard output. Errors are logged once, at the edge that handles them. What is done for a request has its id in `request`,
 * what is done for a run its id in `run`.
 */
export function createLog(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: (_line, _level, logger) => (BACKGROUND in logger ? {} : idsOf(workContext())),
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * The same log for what the server does by itself and for everybody: keeping sandboxes warm, writing counts, sending mail. Such work goes
 * on with whichever request or run happened to wake it, whose ids its lines must not have.
 */
export function backgroundLog(log: Logger): Logger {
  return Object.assign(log.child({}), { [BACKGROUND]: true });
}

function idsOf({ request, run }: { request?: string; run?: string } = {}): object {
  return { ...(request === undefined ? {} : { request }), ...(run === undefined ? {} : { run }) };
}
