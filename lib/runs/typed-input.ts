import type { ProgramControl } from "../queue";
import type { Said } from "../sandbox/sandbox";

/** What is said to a program: the input that it was given first, then what is typed, and for a terminal the rest. Stopping (`return`) takes effect at once. With
 * `signals` its input may end before what is said does. */
export function typedInput(
  first: string,
  controls: AsyncIterableIterator<ProgramControl>,
  { signals = false } = {},
): AsyncIterableIterator<Said> {
  let given = first === "";
  let ended = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      if (!given) {
        given = true;
        return { done: false, value: first };
      }
      while (!ended) {
        const { done, value } = await controls.next();
        if (done || (value.type === "end" && !signals)) ended = true;
        else return { done: false, value: value.type === "input" ? value.text : value };
      }
      return { done: true, value: undefined };
    },
    return: async () => {
      ended = true;
      await controls.return?.();
      return { done: true, value: undefined };
    },
  };
}
