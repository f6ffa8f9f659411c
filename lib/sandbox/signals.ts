import os from "node:os";

const NAMES = new Map(Object.entries(os.constants.signals).map(([name, number]) => [number, name]));
// Node lists an older or rarer name of these numbers first.
NAMES.set(6, "SIGABRT").set(29, "SIGIO");

/** `SIGKILL` for 9; `SIG` and the number for a real-time signal. */
export function signalName(number: number): string {
  return NAMES.get(number) ?? `SIG${number}`;
}
