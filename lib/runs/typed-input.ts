import type { ProgramControl } from "../queue";

/** What a program reads: what it was given first, then what is typed. Stopping (`return`) takes effect at once. */
export function typedInput(
  first: string,
  controls: AsyncIterableIterator<ProgramControl>,
): AsyncIterableIterator<string> {
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
        if (done || value.type === "end") ended = true;
        else if (value.type === "input") return { done: false, value: value.text };
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
