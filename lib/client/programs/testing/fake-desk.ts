import { ApiError, unreachable } from "../../api";
import type { Draft } from "../../drafts";
import { safeStorage } from "../../storage";
import { createDesk, type Moved } from "../desk";
import type { Answer, DeskApi, SavedProgram } from "../desk-api";
import { parseKept } from "../kept";
import { createShelf } from "../shelf";

export const draft = (code: string, rest: Partial<Draft> = {}): Draft => ({
  ...{ code, stdin: "", args: "", files: [], tests: [] },
  ...rest,
});
export const HOW = { title: "t", titleSource: "derived" as const };

export function error(code: string, status: number): ApiError {
  return new ApiError({ code, message: `It is ${code}.`, details: [] }, status, null);
}

/** The server as one program store that several browsers share. */
export class FakeServer {
  readonly programs = new Map<string, SavedProgram>();
  readonly asked: string[] = [];
  /** What the next requests fail with; `"lost"` carries the request out and loses the answer. */
  failWith: ApiError | "lost" | null = null;

  readonly api: DeskApi = {
    get: async (id) => {
      this.asked.push(`get ${id}`);
      return structuredClone(this.#find(id));
    },
    create: async ({ id, language, title, titleSource, content }) =>
      this.#write(`create ${id}`, () => {
        if (this.programs.has(id)) throw error("conflict", 409);
        return { id, language, title, titleSource, content, revision: 1 };
      }),
    update: async (id, change, revision) =>
      this.#write(`update ${id} ${Object.keys(change).join()}`, () => {
        const before = this.#find(id);
        if (before.revision !== revision) throw error("conflict", 409);
        const { title = before.title, ...content } = change;
        return { ...before, title, content: { ...before.content, ...content }, revision: revision + 1 };
      }),
  };

  #find(id: string): SavedProgram {
    const found = this.programs.get(id);
    if (!found) throw error("not_found", 404);
    return found;
  }

  async #write(what: string, make: () => SavedProgram): Promise<Answer> {
    this.asked.push(what);
    if (this.failWith && this.failWith !== "lost") throw this.failWith;
    const made = structuredClone(make());
    this.programs.set(made.id, made);
    if (this.failWith === "lost") throw unreachable();
    return made;
  }

  /** As another machine would. */
  change(id: string, code: string): void {
    const before = this.#find(id);
    this.programs.set(id, { ...before, content: draft(code), revision: before.revision + 1 });
  }
}

/** Time that passes when it is told to; between two moments everything that was promised is kept. */
export class FakeTime {
  #now = 1_000_000;
  #next = 0;
  readonly #waiting = new Map<number, { at: number; work: () => void }>();
  readonly timers = {
    now: () => this.#now,
    set: (work: () => void, ms: number) => {
      this.#waiting.set(++this.#next, { at: this.#now + ms, work });
      return this.#next;
    },
    clear: (timer: unknown) => void this.#waiting.delete(timer as number),
  };

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const [due] = [...this.#waiting].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at);
      if (!due) break;
      this.#waiting.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].work();
    }
    this.#now = end;
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** A browser's storage, which tells its other tabs what one writes. */
class FakeBrowser {
  readonly items = new Map<string, string>();
  readonly tabs: { heard(key: string, value: string): void }[] = [];
  full = false;
}

let ids = 0;

export function aTab(server: FakeServer, time: FakeTime, browser = new FakeBrowser()) {
  const moved: Moved[] = [];
  const self = { heard: (_key: string, _value: string) => {} };
  const storage = safeStorage(() => ({
    getItem: (key) => browser.items.get(key) ?? null,
    setItem: (key, value) => {
      if (browser.full) throw new DOMException("full", "QuotaExceededError");
      browser.items.set(key, value);
      for (const tab of browser.tabs) if (tab !== self) tab.heard(key, value);
    },
    removeItem: (key) => void browser.items.delete(key),
    key: (at) => [...browser.items.keys()][at] ?? null,
    get length() {
      return browser.items.size;
    },
  }));
  const shelf = createShelf(storage);
  const desk = createDesk({
    ...{ api: server.api, shelf, timers: time.timers, newId: () => `id${++ids}` },
    onMoved: (event) => moved.push(event),
  });
  self.heard = (_key, value) => {
    const program = parseKept(value);
    if (program) desk.heard(program);
  };
  browser.tabs.push(self);
  const codeOf = (id: string) => desk.get(id)?.content.code;
  const type = (id: string, code: string) => desk.edit(id, draft(code), "t");
  return { desk, shelf, moved, browser, codeOf, type };
}
