import { ApiError } from "../api";
import type { Draft } from "../drafts";
import { type SavedProgram, sentBetween } from "./desk-api";
import { baseOf, isPassing, offline } from "./desk-rules";
import type { DeskOptions, Moved, OpenProgram, Placing, SaveState, Work } from "./desk-types";
import { type KeptProgram, sameText } from "./kept";

export type { DeskOptions, Moved, OpenProgram, SaveState } from "./desk-types";

/** Debounce of what is typed: to this browser's storage, and to the server, which is asked at least so often while somebody types. */
const SHELVE_MS = 250;
const SAVE_MS = 800;
const SAVE_AT_LEAST_MS = 5_000;
/** Another tab typed it and saves it; this one does if that tab went away. */
const BACKUP_MS = 6_000;
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

/** The programs that are open in this tab: what is typed is kept in the browser at once, saved shortly after, and never lost to another. */
export type Desk = ReturnType<typeof createDesk>;

export function createDesk({ api, shelf, timers, newId, onMoved }: DeskOptions) {
  const works = new Map<string, Work>();
  const listeners = new Set<() => void>();
  let version = 0;

  function show(work: Work, change: Partial<OpenProgram>): void {
    work.program = { ...work.program, ...change };
    version += 1;
    for (const listener of listeners) listener();
  }

  function take(kept: KeptProgram, base: SavedProgram | null): Work {
    const state: SaveState = { name: kept.dirty ? "saving" : kept.revision > 0 ? "saved" : "local" };
    const program: OpenProgram = { ...kept, state, epoch: 0, shelved: true };
    const rest = { shelving: undefined, saving: undefined, firstTypedAt: null, inFlight: null, failures: 0 };
    const work: Work = { program, base, written: kept, ...rest };
    works.set(kept.id, work);
    version += 1;
    return work;
  }

  /** Writes to the browser's storage. What another tab typed there meanwhile is not overwritten. */
  function shelve(work: Work): void {
    timers.clear(work.shelving);
    work.shelving = undefined;
    const there = shelf.read(work.program.id);
    if (there && there.stamp !== work.program.stamp && !sameText(there, work.program)) {
      if (work.written && sameText(there, work.written)) adoptRevision(work, there);
      else if (there.dirty && work.program.dirty) {
        split(work, there, "split");
        return;
      }
    }
    const { state: _, epoch: __, shelved: ___, ...kept } = work.program;
    const next: KeptProgram = { ...kept, stamp: newId(), at: timers.now() };
    const shelved = shelf.write(next);
    work.written = next;
    show(work, { stamp: next.stamp, at: next.at, shelved });
  }

  /** Another tab saved what this one had written: there is no conflict, only a newer number. */
  function adoptRevision(work: Work, there: KeptProgram): void {
    if (there.dirty || there.revision <= work.program.revision) return;
    work.base = there;
    work.program = { ...work.program, revision: there.revision };
  }

  /** Makes what is typed here a program of its own, and gives the other its place back. */
  function split(work: Work, theirs: KeptProgram | null, type: Moved["type"]): void {
    const { program } = work;
    const typed = type === "split" ? `${program.title} (other tab)` : program.title;
    const copy: KeptProgram = {
      ...{ id: newId(), language: program.language, title: typed },
      titleSource: type === "split" ? "typed" : program.titleSource,
      ...{ content: program.content, revision: 0, dirty: true, stamp: newId(), at: timers.now() },
    };
    shelf.write(copy);
    const mine = take(copy, null);
    drop(program.id);
    if (theirs) {
      shelf.write(theirs);
      take(theirs, baseOf(theirs));
    } else {
      shelf.remove(program.id);
    }
    show(mine, {});
    onMoved({ type, from: program.id, to: copy.id, title: typed });
    scheduleSave(mine, 0);
  }

  function drop(id: string): void {
    const work = works.get(id);
    timers.clear(work?.shelving);
    timers.clear(work?.saving);
    works.delete(id);
  }

  function scheduleSave(work: Work, ms: number): void {
    timers.clear(work.saving);
    work.saving = timers.set(() => void save(work), ms);
  }

  function save(work: Work, leaving = false): Promise<void> {
    timers.clear(work.saving);
    work.saving = undefined;
    if (works.get(work.program.id) !== work || !work.program.dirty) return Promise.resolve();
    work.inFlight ??= sendOnce(work, leaving).finally(() => {
      work.inFlight = null;
      if (work.program.dirty && work.saving === undefined && work.program.state.name === "saving") {
        scheduleSave(work, SAVE_MS);
      }
    });
    return work.inFlight;
  }

  async function sendOnce(work: Work, leaving: boolean): Promise<void> {
    const sent = work.program;
    work.firstTypedAt = null;
    show(work, { state: { name: "saving" } });
    try {
      const answer = work.base
        ? await api.update(sent.id, sentBetween(work.base, sent), sent.revision, leaving)
        : await api.create(sent, leaving);
      if (works.get(sent.id) === work) settle(work, { ...sent, ...answer });
    } catch (error) {
      if (works.get(sent.id) === work) await failed(work, error);
    }
  }

  /** The server has `saved`; what was typed since is still to come. */
  function settle(work: Work, saved: SavedProgram): void {
    const { revision, title, titleSource } = saved;
    const renamed = work.program.titleSource === "typed" && work.program.title !== title;
    const dirty = renamed || !sameText(work.program, saved);
    work.base = saved;
    work.failures = 0;
    const name = dirty ? "saving" : "saved";
    show(work, { revision, dirty, state: { name }, ...(renamed ? {} : { title, titleSource }) });
    shelve(work);
  }

  async function failed(work: Work, error: unknown): Promise<void> {
    const code = error instanceof ApiError ? error.code : "internal";
    const message = error instanceof Error ? error.message : "";
    if (code === "conflict") return reconcile(work);
    if (code === "not_found" && work.base) return split(work, null, "orphaned");
    if (isPassing(error)) {
      work.failures += 1;
      const wait = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (work.failures - 1));
      const asked = error instanceof ApiError && error.retryAfterS ? error.retryAfterS * 1_000 : 0;
      scheduleSave(work, Math.max(wait, asked));
      return show(work, { state: { name: "offline", message } });
    }
    show(work, { state: { name: "refused", message } });
  }

  /** Somebody else was faster. What is the same is no conflict, and where nothing was typed theirs is taken. */
  async function reconcile(work: Work): Promise<void> {
    let theirs: SavedProgram;
    try {
      theirs = await api.get(work.program.id);
    } catch (error) {
      const gone = error instanceof ApiError && error.code === "not_found";
      return gone ? split(work, null, "orphaned") : failed(work, isPassing(error) ? error : offline(error));
    }
    const mine = work.program;
    if (sameText(mine, theirs)) return settle(work, theirs);
    const own = work.written !== null && sameText(theirs, work.written);
    if (own || (work.base && sameText(mine, work.base))) {
      const title = mine.titleSource === "typed" ? mine.title : theirs.title;
      work.base = theirs;
      const taken = own ? {} : { content: theirs.content, epoch: mine.epoch + 1 };
      const dirty = own || title !== theirs.title;
      show(work, {
        revision: theirs.revision,
        dirty,
        title,
        ...taken,
        state: { name: dirty ? "saving" : "saved" },
      });
      return shelve(work);
    }
    split(work, { ...theirs, dirty: false, stamp: newId(), at: timers.now() }, "split");
  }

  function typed(work: Work, change: Partial<OpenProgram>): void {
    const { state } = work.program;
    show(work, { ...change, dirty: true, state: state.name === "offline" ? state : { name: "saving" } });
    work.firstTypedAt ??= timers.now();
    timers.clear(work.shelving);
    work.shelving = timers.set(() => shelve(work), SHELVE_MS);
    if (work.failures > 0) return;
    const late = work.firstTypedAt + SAVE_AT_LEAST_MS - timers.now();
    scheduleSave(work, Math.max(0, Math.min(SAVE_MS, late)));
  }

  /** Takes the server's newer revision where nothing is to be saved. */
  async function refresh(work: Work): Promise<void> {
    if (work.program.dirty || work.program.revision === 0) return;
    const { id, revision } = work.program;
    try {
      const theirs = await api.get(id);
      const { program } = work;
      if (works.get(id) !== work || program.dirty || program.revision !== revision) return;
      work.base = theirs;
      if (theirs.revision === revision && sameText(theirs, program)) return;
      const epoch = sameText(theirs, program) ? program.epoch : program.epoch + 1;
      show(work, { ...theirs, epoch, state: { name: "saved" } });
      shelve(work);
    } catch {
      // What is here is still what it was; a change will say what is wrong.
    }
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Changes with every change of any program. */
    version: () => version,
    get: (id: string): OpenProgram | null => works.get(id)?.program ?? null,

    /** Opens a program from this browser, else from the server. */
    async open(id: string): Promise<"open" | "absent" | "away"> {
      const there = works.get(id);
      if (there) {
        void refresh(there);
        return "open";
      }
      const kept = shelf.read(id);
      if (kept) {
        const work = take(kept, null);
        work.base = baseOf(kept);
        show(work, {});
        if (kept.dirty) scheduleSave(work, SAVE_MS);
        else void refresh(work);
        return "open";
      }
      try {
        const saved = await api.get(id);
        if (works.has(id)) return "open";
        const work = take({ ...saved, dirty: false, stamp: newId(), at: timers.now() }, saved);
        shelve(work);
        return "open";
      } catch (error) {
        return error instanceof ApiError && error.code === "not_found" ? "absent" : "away";
      }
    },

    /** A new program in this browser, which the server gets once something is typed in it, or at once. */
    place(language: string, content: Draft, how: Placing): string {
      const { title, titleSource, save: now = false } = how;
      const made = { id: newId(), language, content, title, titleSource };
      const work = take({ ...made, revision: 0, dirty: now, stamp: "", at: timers.now() }, null);
      shelve(work);
      if (now) scheduleSave(work, 0);
      return work.program.id;
    },

    edit(id: string, content: Draft, title: string): void {
      const work = works.get(id);
      if (work) typed(work, { content, ...(work.program.titleSource === "derived" ? { title } : {}) });
    },

    /** Changed by something other than the editor's own fields. */
    replace(id: string, content: Draft, title: string): void {
      const work = works.get(id);
      if (!work) return;
      typed(work, {
        content,
        epoch: work.program.epoch + 1,
        ...(work.program.titleSource === "derived" ? { title } : {}),
      });
    },

    rename(id: string, title: string, titleSource: "derived" | "typed"): void {
      const work = works.get(id);
      if (work) typed(work, { title, titleSource });
    },

    /** The server is to have it, also where nothing was typed in it. */
    keep(id: string): Promise<void> {
      const work = works.get(id);
      if (!work) return Promise.resolve();
      if (work.program.revision === 0 && !work.program.dirty) show(work, { dirty: true });
      return save(work);
    },

    /** Sends everything; resolves when it was tried. */
    async send(): Promise<void> {
      await Promise.all([...works.values()].map((work) => save(work)));
    },

    /** It is gone, and nothing of it is to be saved any more. */
    forget(id: string): void {
      drop(id);
      version += 1;
      for (const listener of listeners) listener();
    },

    /** Another tab has written a program. */
    heard(there: KeptProgram): void {
      const work = works.get(there.id);
      if (!work || there.stamp === work.program.stamp) return;
      if (work.shelving !== undefined) {
        if (work.written && sameText(there, work.written)) adoptRevision(work, there);
        return;
      }
      const epoch = sameText(there, work.program) ? work.program.epoch : work.program.epoch + 1;
      const name = there.dirty ? "saving" : there.revision > 0 ? "saved" : "local";
      if (!there.dirty || there.revision !== (work.base?.revision ?? 0)) work.base = baseOf(there);
      work.written = there;
      show(work, { ...there, epoch, state: { name } });
      if (there.dirty) scheduleSave(work, BACKUP_MS);
      else timers.clear(work.saving);
    },

    /** Sends what an earlier visit could not, and what failed since. */
    wake(): void {
      const now = timers.now();
      for (const kept of shelf.all()) {
        if (!kept.dirty || works.has(kept.id) || now - kept.at < BACKUP_MS) continue;
        const work = take(kept, baseOf(kept));
        scheduleSave(work, SAVE_MS);
      }
      for (const work of works.values()) {
        if (work.program.dirty && work.program.state.name === "offline") scheduleSave(work, 0);
        else if (!work.program.dirty) void refresh(work);
      }
    },

    /** Writes everything now; `leaving` also sends it, since the page may not come back. */
    flush(leaving: boolean): void {
      for (const work of [...works.values()]) {
        if (work.shelving !== undefined) shelve(work);
        if (leaving && work.program.dirty) void save(work, true);
      }
    },
  };
}
