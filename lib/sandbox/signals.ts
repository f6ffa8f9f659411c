import os from "node:os";

const NAMES = new Map(Object.entries(os.constants.signals).map(([name, number]) => [number, name]));
// Node knows these numbers by an older name, or first by a rare one.
NAMES.set(6, "SIGABRT").set(29, "SIGIO");

/** `SIGKILL` for 9; a real-time signal by its number. */
export function signalName(number: number): string {
  return NAMES.get(number) ?? `SIG${number}`;
}
