/** A person at a terminal, for the tests of terminals. */
import { stripVTControlCharacters } from "node:util";
import { bytesOfText } from "../../schemas/byte-text";
import type { RunLimits } from "../../schemas/run-limits";
import type { Said } from "../sandbox";
import { LIMITS, type Ran, type RunOptions } from "./sandbox-fixture";

/** Limits of somebody who sits before the program. */
export const ATTENDED: RunLimits = { ...LIMITS, attended: { totalMs: 60_000, idleMs: 60_000 } };

/** What to say when something was printed that was not there before; the person then stays and says nothing. */
export type Talk = readonly (readonly [when: string | RegExp, say: Said])[];

/** A run in a terminal with a person before it. */
export function inTerminal(talk: Talk = [], options: RunOptions = {}): RunOptions {
  let printed = "";
  let seen = 0;
  let look = () => {};
  async function* person(): AsyncGenerator<Said> {
    for (const [when, say] of talk) {
      for (;;) {
        const rest = printed.slice(seen);
        const at = typeof when === "string" ? rest.indexOf(when) : rest.search(when);
        if (at >= 0) {
          seen += at + (typeof when === "string" ? when.length : 1);
          break;
        }
        await new Promise<void>((resolve) => {
          look = resolve;
        });
      }
      yield say;
    }
    await new Promise(() => {});
  }
  return {
    ...{ mode: "terminal", limits: ATTENDED, stdin: person() },
    ...options,
    onEvent(event) {
      if (event.type === "stdout") printed += event.text;
      look();
      options.onEvent?.(event);
    },
  };
}

/** What is read rather than drawn. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll("\r", "");
}

/** Whether the texts are there one after the other. */
export function inOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

export function bytesIn({ events }: Ran): Uint8Array {
  return bytesOfText(events.map((event) => (event.type === "stdout" ? event.text : "")).join(""));
}
