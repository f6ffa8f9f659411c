/** Judge0's statuses by their numbers. 14 is not given any more, there as here: programs are started by a shell or an interpreter. */
export const STATUSES = {
  1: "In Queue",
  2: "Processing",
  3: "Accepted",
  4: "Wrong Answer",
  5: "Time Limit Exceeded",
  6: "Compilation Error",
  7: "Runtime Error (SIGSEGV)",
  8: "Runtime Error (SIGXFSZ)",
  9: "Runtime Error (SIGFPE)",
  10: "Runtime Error (SIGABRT)",
  11: "Runtime Error (NZEC)",
  12: "Runtime Error (Other)",
  13: "Internal Error",
  14: "Exec Format Error",
} as const;
export type StatusId = keyof typeof STATUSES;

export interface Status {
  id: StatusId;
  description: string;
}

export function statusOf(id: StatusId): Status {
  return { id, description: STATUSES[id] };
}

export function allStatuses(): Status[] {
  return Object.keys(STATUSES).map((id) => statusOf(Number(id) as StatusId));
}

const BY_SIGNAL: Readonly<Record<string, StatusId>> = { SIGSEGV: 7, SIGXFSZ: 8, SIGFPE: 9, SIGABRT: 10 };

/** What a program that a signal ended is called. */
export function statusOfSignal(signal: string): StatusId {
  return BY_SIGNAL[signal] ?? 12;
}
