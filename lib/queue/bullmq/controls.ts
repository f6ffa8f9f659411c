import { MAX_STDIN_BYTES } from "../../schemas/limits";
import type { ProgramSignal } from "../../schemas/run";
import { utf8Bytes } from "../../schemas/text";
import type { ProgramControl } from "..";
import { inputEnded, inputTooLarge, runEnded, tooManyCommands } from "../refusals";
import { HEAR, HUSH, SAY } from "./channel-scripts";
import { isAway, type Link } from "./link";

/** As in `memory/control-queue.ts`. */
const JOINED_CHARS = 4_096;
const MAX_COMMANDS = 100;
/** What a reader takes at once, in bytes; it counts as read then. */
const TAKEN_BYTES = 65_536;
/** What was not answered may have been done: it is said again under its name, for so long, in which a connection that hangs is made anew. */
const SAY_MS = 8_000;
const SAY_AGAIN_MS = 200;
const HEAR_AGAIN_MS = 1_000;

/** What is said to programs, from any process to the one that runs them. */
export class Controls {
  readonly #link: Link;
  /** Wakes the readers at this process. */
  readonly #readers = new Map<string, () => void>();
  /** What is being said to each run, the last of it: one after another, so that Redis only has to remember the name of one. */
  readonly #saying = new Map<string, Promise<void>>();
  #names = 0;

  constructor(link: Link) {
    this.#link = link;
    link.register(SAY, HEAR, HUSH);
    link.on("c", ([id = ""]) => this.#readers.get(id)?.());
    link.onReady(() => {
      for (const wake of this.#readers.values()) wake();
    });
  }

  /** Throws `conflict` or `body_too_large`, as `Channel.send` does; with `queue_unavailable` it may have been said, where Redis did not answer for 8 s. */
  async say(runId: string, control: ProgramControl): Promise<void> {
    const until = performance.now() + SAY_MS;
    const before = this.#saying.get(runId) ?? Promise.resolve();
    const said = before.catch(() => {}).then(() => this.#say(runId, control, until));
    this.#saying.set(runId, said);
    try {
      await said;
    } finally {
      if (this.#saying.get(runId) === said) this.#saying.delete(runId);
    }
  }

  async #say(runId: string, control: ProgramControl, until: number): Promise<void> {
    const bytes = control.type === "input" ? utf8Bytes(control.text) : 0;
    const what = [this.#link.process, this.#name(), ...packed(control), bytes] as const;
    const limits = [MAX_STDIN_BYTES, JOINED_CHARS, MAX_COMMANDS] as const;
    const answer = await this.#sayOnce([runId, ...what, ...limits], until);
    if (answer === "ok") return;
    if (answer === "ended") throw runEnded();
    if (answer === "inputEnded") throw inputEnded();
    if (answer === "commands") throw tooManyCommands();
    throw inputTooLarge(Number(answer));
  }

  async #sayOnce(said: readonly (string | number)[], until: number): Promise<unknown> {
    let mayBeSaid = false;
    for (;;) {
      mayBeSaid ||= this.#link.ready;
      try {
        return await this.#link.run(SAY, ...said);
      } catch (error) {
        if (!isAway(error) || !mayBeSaid || performance.now() >= until) throw error;
        await new Promise((resolve) => setTimeout(resolve, SAY_AGAIN_MS).unref());
      }
    }
  }

  /** For the one reader. Stopping (`return`) takes effect at once, also while waiting. */
  read(runId: string): AsyncIterableIterator<ProgramControl> {
    let taken: string[] = [];
    let name = "";
    let done = false;
    let woken = false;
    let wake: () => void = () => {};
    const onWake = () => {
      woken = true;
      wake();
    };
    this.#readers.set(runId, onWake);
    const end = () => {
      done = true;
      if (this.#readers.get(runId) === onWake) this.#readers.delete(runId);
      wake();
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        for (;;) {
          if (done) return { done: true, value: undefined };
          const next = taken.shift();
          if (next !== undefined) return { done: false, value: unpacked(next) };
          woken = false;
          const heard = await this.#hear(runId, name);
          if (heard === null) end();
          else if (heard.controls.length > 0) ({ name, controls: taken } = heard);
          else if (!woken && !done) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      },
      return: async () => {
        end();
        await this.#link.run(HUSH, runId, this.#link.process).catch(() => {});
        return { done: true, value: undefined };
      },
    };
  }

  /** Acknowledges the batch named `done` and returns the next one. `null` when the run has ended or belongs to another worker. */
  async #hear(runId: string, done: string): Promise<{ name: string; controls: string[] } | null> {
    const { process } = this.#link;
    try {
      const answer = await this.#link.run(HEAR, runId, process, TAKEN_BYTES, done, this.#name());
      if (!answer) return null;
      const [name, controls] = answer as [string, string[]];
      return { name, controls };
    } catch (error) {
      if (!isAway(error)) throw error;
      // Its reader is woken when Redis is back, and in case it only was slow.
      setTimeout(() => this.#readers.get(runId)?.(), HEAR_AGAIN_MS).unref();
      return { name: done, controls: [] };
    }
  }

  /** No other thing that this process says, or is given, has the same. */
  #name(): string {
    return `${this.#link.process}.${++this.#names}`;
  }
}

/** Kind and JSON, as the scripts take it. */
function packed(control: ProgramControl): [string, string] {
  if (control.type === "input") return ["i", JSON.stringify(control.text)];
  if (control.type === "end") return ["e", ""];
  if (control.type === "signal") return ["s", control.signal];
  return ["r", JSON.stringify([control.columns, control.rows])];
}

/** A control as it is kept: kind, bytes, a space, JSON. */
function unpacked(kept: string): ProgramControl {
  const said = kept.slice(kept.indexOf(" ") + 1);
  if (kept.startsWith("i")) return { type: "input", text: JSON.parse(said) };
  if (kept.startsWith("e")) return { type: "end" };
  if (kept.startsWith("s")) return { type: "signal", signal: said as ProgramSignal };
  const [columns, rows]: [number, number] = JSON.parse(said);
  return { type: "resize", columns, rows };
}
