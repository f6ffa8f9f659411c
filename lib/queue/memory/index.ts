import { AppError } from "../../errors";
import type { Queue, QueueEntry, Release } from "..";

export interface MemoryQueueOptions {
  /** Turns that may be held at once. */
  concurrency: number;
  /** Entries that may wait for one. */
  limit: number;
}

interface Waiting {
  entry: QueueEntry;
  position: number;
  start: () => void;
}

/** The queue of a single process: round robin over owners, first in first out within one. */
export function createMemoryQueue({ concurrency, limit }: MemoryQueueOptions): Queue {
  /** Owners in the order of their next turns; each has at least one entry. */
  const rotation = new Map<string, Waiting[]>();
  // The last quarter of the places is for owners who have none yet: one owner cannot close the door to all others.
  const reserved = Math.floor(limit / 4);
  /** Turns held by each owner who holds any. */
  const held = new Map<string, number>();
  let running = 0;
  let waiting = 0;

  function mayStart({ owner, parallel }: QueueEntry): boolean {
    return running < concurrency && (held.get(owner) ?? 0) < parallel;
  }

  function take({ owner }: QueueEntry): Release {
    running++;
    held.set(owner, (held.get(owner) ?? 0) + 1);
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      running--;
      const left = (held.get(owner) ?? 0) - 1;
      if (left > 0) held.set(owner, left);
      else held.delete(owner);
      startNext();
    };
  }

  function startNext(): void {
    for (;;) {
      const turn = [...rotation].find(([, [first]]) => first && mayStart(first.entry));
      if (!turn) break;
      const [owner, line] = turn;
      const next = line.shift();
      rotation.delete(owner);
      if (line.length > 0) rotation.set(owner, line); // to the end of the rotation
      waiting--;
      next?.start();
    }
    reportPositions();
  }

  function reportPositions(): void {
    const lines = [...rotation.values()];
    let position = 0;
    for (let round = 0; position < waiting; round++) {
      for (const line of lines) {
        const place = line[round];
        if (!place) continue;
        position++;
        if (position >= place.position) continue;
        place.position = position;
        place.entry.onPosition(position);
      }
    }
  }

  function leave(owner: string, place: Waiting): void {
    const line = rotation.get(owner);
    const index = line?.indexOf(place) ?? -1;
    if (!line || index < 0) return;
    line.splice(index, 1);
    if (line.length === 0) rotation.delete(owner);
    waiting--;
    reportPositions();
  }

  function wait(entry: QueueEntry): Promise<Release> {
    const { owner, signal } = entry;
    return new Promise<Release>((resolve, reject) => {
      const place: Waiting = {
        entry,
        position: Number.POSITIVE_INFINITY,
        start() {
          signal.removeEventListener("abort", onAbort);
          const release = take(entry);
          entry.onPosition(0);
          resolve(release);
        },
      };
      const onAbort = () => {
        leave(owner, place);
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      const line = rotation.get(owner);
      if (line) line.push(place);
      else rotation.set(owner, [place]);
      waiting++;
      reportPositions();
    });
  }

  return {
    async enter(entry) {
      entry.signal.throwIfAborted();
      if (mayStart(entry)) {
        const release = take(entry);
        entry.onPosition(0);
        return release;
      }
      const places = rotation.has(entry.owner) ? limit - reserved : limit;
      if (waiting >= places) throw queueFull(waiting, concurrency);
      return wait(entry);
    },
    state: () => ({ running, waiting, limit }),
  };
}

function queueFull(waiting: number, concurrency: number): AppError {
  // About a second for a run, which is what most take at most.
  const retryAfterS = Math.min(30, Math.max(1, Math.ceil(waiting / concurrency)));
  return new AppError(
    "queue_full",
    `${waiting} runs are waiting already and there is no place for another; try again in ${retryAfterS} s.`,
    { retryAfterS },
  );
}
