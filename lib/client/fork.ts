/** The one run that the editor is to take up and run at once. In this tab only, so that no link can start a program. */
const KEY = "quicksand:run-again";

/** The address that opens a run in the editor. */
export function forkUrl(id: string): string {
  return `/?fork=${encodeURIComponent(id)}`;
}

/** To be called before going to `forkUrl`: the editor then runs the program too. */
export function requestAutoRun(id: string): void {
  try {
    window.sessionStorage.setItem(KEY, id);
  } catch {
    // With storage blocked the program is opened and not run, which one press mends.
  }
}

/** Whether this run was to be run at once; true at most once for each asking. */
export function takeAutoRunRequest(id: string): boolean {
  try {
    const asked = window.sessionStorage.getItem(KEY) === id;
    window.sessionStorage.removeItem(KEY);
    return asked;
  } catch {
    return false;
  }
}
