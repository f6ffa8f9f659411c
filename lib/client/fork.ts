/** Id of a run to restore and start at once. In session storage and not in the URL, so that no link can start a program. */
const KEY = "quicksand:run-again";

/** URL that restores a run into the editor. */
export function forkUrl(id: string): string {
  return `/?fork=${encodeURIComponent(id)}`;
}

/** Call before navigating to `forkUrl`, to also start the program. */
export function requestAutoRun(id: string): void {
  try {
    window.sessionStorage.setItem(KEY, id);
  } catch {
    // With storage blocked the program is restored but not started.
  }
}

/** Whether to start this run; true at most once per request. */
export function takeAutoRunRequest(id: string): boolean {
  try {
    const requested = window.sessionStorage.getItem(KEY) === id;
    window.sessionStorage.removeItem(KEY);
    return requested;
  } catch {
    return false;
  }
}
