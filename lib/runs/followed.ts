/** The events, with `leave` called once when they have ended, failed, or are no longer read. */
export function followed<T>(events: AsyncIterableIterator<T>, leave: () => void): AsyncIterableIterator<T> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      try {
        const step = await events.next();
        if (step.done) leave();
        return step;
      } catch (error) {
        leave();
        throw error;
      }
    },
    return: async () => {
      leave();
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}
