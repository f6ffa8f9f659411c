import { AppError } from "../errors";
import { MAX_STDIN_BYTES } from "../schemas/limits";

/** What a full queue answers; about a second for each waiting run is what most take at most. */
export function queueFull({ waiting, concurrency }: { waiting: number; concurrency: number }): AppError {
  const retryAfterS = Math.min(30, Math.max(1, Math.ceil(waiting / Math.max(1, concurrency))));
  return new AppError(
    "queue_full",
    `${waiting} runs are waiting already and there is no place for another; try again in ${retryAfterS} s.`,
    { retryAfterS },
  );
}

export function stopping(): AppError {
  return new AppError("queue_full", "The server is stopping and takes no more runs; try again in 10 s.", {
    retryAfterS: 10,
  });
}

/** The queue is on another machine and does not answer; `cause` is for the log and holds no password. */
export function queueUnavailable(cause?: unknown): AppError {
  return new AppError(
    "queue_unavailable",
    "The queue cannot be reached, so no run can be started now; try again in 5 s. If it stays so, whoever runs this server looks whether Redis is up and `REDIS_URL` leads to it.",
    { retryAfterS: 5, cause },
  );
}

export function runEnded(): AppError {
  return new AppError("conflict", "The run has ended and takes no more input; start it again.");
}

export function inputEnded(): AppError {
  return new AppError("conflict", "The input of this run has been ended; it takes no more.");
}

/** `unreadBytes` is what the program would have before it, with what it was to be given now. */
export function inputTooLarge(unreadBytes: number): AppError {
  const [unread, limit] = [unreadBytes, MAX_STDIN_BYTES].map((bytes) => bytes.toLocaleString("en"));
  return new AppError(
    "body_too_large",
    `\`text\` would make ${unread} bytes of input that the program has not read; the limit is ${limit} bytes. Send it when the program has read more.`,
    { details: [{ path: "text", message: "The program has not read its earlier input." }] },
  );
}

export function tooManyCommands(): AppError {
  return new AppError(
    "conflict",
    "The program has not taken the signals and sizes before this one; send it when it has.",
  );
}
