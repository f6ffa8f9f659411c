import { AppError } from "../../errors";
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
/** What a reader takes at once, in bytes; it has read that then. */
const TAKEN_BYTES = 65_536;

/** What is said to programs, from any process to the one that runs them. */
export class Controls {
  readonly #link: Link;
  /** Wakes the readers at this process. */
  readonly #readers = new Map<string, () => void>();

  constructor(link: Link) {
    this.#link = link;
    link.register(SAY, HEAR, HUSH);
    link.on("c", ([id = ""]) => this.#readers.get(id)?.());
    link.onReady(() => {
      for (const wake of this.#readers.values()) wake();
    });
  }

  /** Throws `conflict` or `body_too_large`, as `Channel.send` does. */
  async say(runId: string, control: ProgramControl): Promise<void> {
    const bytes = control.type === "input" ? utf8Bytes(control.text) : 0;
    const limits = [MAX_STDIN_BYTES, JOINED_CHARS, MAX_COMMANDS] as const;
    const answer = await this.#link.run(SAY, runId, ...packed(control), bytes, ...limits);
    if (answer === "ok") return;
    if (answer === "ended") throw runEnded();
    if (answer === "inputEnded") throw inputEnded();
    if (answer === "commands") throw tooManyCommands();
    throw inputTooLarge(Number(answer));
  }

  /** For the one reader. Stopping (`return`) takes effect at once, also while waiting. */
  read(runId: string): AsyncIterableIterator<ProgramControl> {
    let taken: string[] = [];
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
          const heard = await this.#hear(runId);
          if (heard === null) end();
          else if (heard.length > 0) taken = heard;
          else if (!woken && !done) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      },
      return: async () => {
        end();
        await this.#link.run(HUSH, runId).catch(() => {});
        return { done: true, value: undefined };
      },
    };
  }

  /** `null` when the run has ended. */
  async #hear(runId: string): Promise<string[] | null> {
    try {
      return (await this.#link.run(HEAR, runId, this.#link.process, TAKEN_BYTES)) as string[] | null;
    } catch (error) {
      if (!(error instanceof AppError && isAway(error))) throw error;
      // Its reader is woken when Redis is back, and in case it only was slow.
      setTimeout(() => this.#readers.get(runId)?.(), 1_000).unref();
      return [];
    }
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
