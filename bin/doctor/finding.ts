export type State = "ok" | "warn" | "fail";

/** One line of the report. What is not `ok` says what to do. */
export interface Finding {
  check: string;
  state: State;
  says: string;
  remedy?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, state: "ok", says });
export const warn = (check: string, says: string, remedy: string): Finding => ({
  check,
  state: "warn",
  says,
  remedy,
});
export const fail = (check: string, says: string, remedy: string): Finding => ({
  check,
  state: "fail",
  says,
  remedy,
});
