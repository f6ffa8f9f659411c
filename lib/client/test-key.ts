import type { RunTest } from "../schemas/run";

/** What decides how a test case ends, as one text: all of it but its name. */
export function testKey({ stdin, expected, compare }: RunTest): string {
  return JSON.stringify([compare, stdin, expected]);
}
