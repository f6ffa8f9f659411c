import { AppError } from "../errors";
import type { Language } from "../languages";
import type { RunOutcome } from "../sandbox/sandbox";
import { clashingPaths } from "../schemas/path";
import type { RunRequest } from "../schemas/run";

/** Throws when a file would lie where the main program of its language does. */
export function refuseClashes({ files }: RunRequest, { mainFile }: Language): void {
  const problems = files.flatMap(({ path }, index) =>
    clashingPaths([mainFile, path]) ? [{ field: `files[${index}].path`, path }] : [],
  );
  const [first] = problems;
  if (!first) return;
  const explain = ({ field, path }: { field: string; path: string }) =>
    `\`${field}\` is "${path}", which clashes with "${mainFile}", the file that holds \`code\`; choose another name.`;
  throw new AppError("invalid_request", explain(first), {
    details: problems.map((problem) => ({ path: problem.field, message: explain(problem) })),
  });
}

export function stopping(): AppError {
  return new AppError("queue_full", "The server is stopping and takes no more runs; try again in 10 s.", {
    retryAfterS: 10,
  });
}

/** The outcome of a run that ended only because the server did. */
export function interrupted(outcome: RunOutcome): RunOutcome {
  const message = "The server was stopped before the program had ended; run it again.";
  return { ...outcome, status: "system_error", message };
}

/** What a viewer is told of a fault of ours. The cause stays behind: it is logged where it happened. */
export function publicFault(cause: unknown): AppError {
  if (!(cause instanceof AppError)) {
    return new AppError("internal", "Something broke on the server and the program was not run; try again.");
  }
  const { code, message, details, headers, retryAfterS } = cause;
  return new AppError(code, message, {
    details,
    headers,
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  });
}
