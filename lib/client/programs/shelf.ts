import type { TextStorage } from "../storage";
import { type KeptProgram, keptText, parseKept } from "./kept";

const PROGRAM = "quicksand:program:";
const LAST = "quicksand:last:";

/** In place of an id. */
const SAMPLE = "sample";

/** What a browser keeps beside the programs that the server does not have yet: UTF-16 units, of the five million that browsers give. */
const MAX_CHARS = 2_500_000;
const MAX_PROGRAMS = 40;

/** Programs in this browser's storage: those in work, and as many others as there is room for. */
export interface Shelf {
  read(id: string): KeptProgram | null;
  /** False when it could be kept only in memory. Programs that the server has make room for it, the oldest first. */
  write(program: KeptProgram): boolean;
  remove(id: string): void;
  all(): KeptProgram[];
  /** The program that was last open in a language. */
  last(language: string): string | null;
  /** `null` when the sample was asked for. */
  setLast(language: string, id: string | null): void;
  /** The sample was asked for, after a program. */
  wasEmptied(language: string): boolean;
  /** Forgets what the server has: whoever comes next may be somebody else. */
  forgetSaved(): void;
}

export function createShelf(storage: TextStorage): Shelf {
  const all = () =>
    storage.keys(PROGRAM).flatMap((key) => {
      const program = parseKept(storage.get(key));
      return program ? [program] : [];
    });

  /** Programs that can be had again, or that nothing was typed in, the oldest first. */
  function expendable(except: string): KeptProgram[] {
    const inUse = new Set([...storage.keys(LAST).map((key) => storage.get(key)), except]);
    return all()
      .filter(({ id, dirty }) => !dirty && !inUse.has(id))
      .sort((a, b) => a.at - b.at);
  }

  function makeRoom(id: string, chars: number): void {
    const keys = storage.keys(PROGRAM);
    let total = keys.reduce((sum, key) => sum + (storage.get(key)?.length ?? 0), chars);
    let count = keys.length + 1;
    if (total <= MAX_CHARS && count <= MAX_PROGRAMS) return;
    for (const program of expendable(id)) {
      total -= keptText(program).length;
      count -= 1;
      storage.remove(PROGRAM + program.id);
      if (total <= MAX_CHARS && count <= MAX_PROGRAMS) return;
    }
  }

  return {
    read: (id) => parseKept(storage.get(PROGRAM + id)),
    write(program) {
      const text = keptText(program);
      makeRoom(program.id, text.length);
      if (storage.set(PROGRAM + program.id, text)) return true;
      const others = expendable(program.id);
      if (others.length === 0) return false;
      for (const { id } of others) storage.remove(PROGRAM + id);
      return storage.set(PROGRAM + program.id, text);
    },
    remove: (id) => storage.remove(PROGRAM + id),
    all,
    last(language) {
      const id = storage.get(LAST + language);
      return id === null || id === SAMPLE ? null : id;
    },
    setLast(language, id) {
      storage.set(LAST + language, id ?? SAMPLE);
    },
    wasEmptied: (language) => storage.get(LAST + language) === SAMPLE,
    forgetSaved() {
      for (const { id, revision, dirty } of all()) {
        if (!dirty && revision > 0) storage.remove(PROGRAM + id);
      }
      for (const key of storage.keys(LAST)) {
        const id = storage.get(key);
        if (id === SAMPLE || (id && storage.get(PROGRAM + id) === null)) storage.remove(key);
      }
    },
  };
}

/** The program that a storage event is about; `null` for other keys. */
export function heardProgram(key: string | null, value: string | null): KeptProgram | null {
  return key?.startsWith(PROGRAM) ? parseKept(value) : null;
}
