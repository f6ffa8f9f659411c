import type { Viewer } from "../auth/viewer";
import { AppError, notFound } from "../errors";
import type { Language } from "../languages";
import type { Catalogue } from "../languages/catalogue";
import type { Logger } from "../log";
import { type Plans, programsKeptMs } from "../plans";
import { planForbids, refuseUnknownOptions } from "../runs/admission";
import { changedOptions } from "../schemas/language-options";
import {
  type NewProgramRequest,
  newProgramId,
  type Program,
  type ProgramChange,
  type ProgramPage,
  type ProgramQuery,
  type ProgramSummary,
} from "../schemas/program";
import { titleOfCode } from "../schemas/title";
import type { Store } from "../store";
import { programBytes, type StoredProgram } from "../store/programs";
import { changed, hasOptions, sameProgram } from "./change";
import type { NetworkGrowth } from "./network-growth";
import { staleRevision, tooLarge, tooMany } from "./refusals";
import { pageView, programView, summaryView } from "./view";

export { createNetworkGrowth, type NetworkGrowth } from "./network-growth";

/** A change that names no revision is made again on what another one left, so often. */
const ATTEMPTS = 5;
/** How often at most the programs of a plan are added up. */
const MAKE_ROOM_MS = 10_000;

export interface ProgramsOptions {
  store: Pick<Store, "programs">;
  catalogue: Catalogue;
  plans: Plans;
  log: Logger;
  growth: NetworkGrowth;
  clock?: () => Date;
}

/**
 * What viewers can do with their programs. Ownership is checked here and in the store's conditions; what is another's is `not_found`, in the
 * same words as what is not there.
 */
export interface Programs {
  /** The last changed first. */
  list(viewer: Viewer, query: ProgramQuery): Promise<ProgramPage>;
  get(viewer: Viewer, id: string): Promise<Program>;
  /** Whether `get` would answer; reads nothing large. */
  owns(viewer: Viewer, id: string): Promise<boolean>;
  /** Throws `unknown_language`, `conflict` when the id is taken, `quota_exceeded` when the plan allows no more, `store_full`. */
  create(viewer: Viewer, request: NewProgramRequest): Promise<ProgramSummary>;
  /**
   * Changes a program. With a `revision` only that one: throws `conflict` when it has been changed since. What changes nothing makes no
   * revision.
   */
  update(viewer: Viewer, id: string, change: ProgramChange, revision: number | null): Promise<ProgramSummary>;
  remove(viewer: Viewer, id: string): Promise<void>;
  /** A copy with everything but the runs. */
  duplicate(viewer: Viewer, id: string): Promise<ProgramSummary>;
  removeAll(viewer: Viewer): Promise<number>;
  /** Everything the viewer has, read as it is asked for. */
  exportAll(viewer: Viewer): AsyncIterable<Program>;
  /** Gives everything of a guest to a user; with the same viewer twice, has it count for the plan that they have now. */
  adopt(from: Viewer, to: Viewer): Promise<void>;
}

export function createPrograms(options: ProgramsOptions): Programs {
  const { catalogue, plans, log, growth, clock = () => new Date() } = options;
  const store = options.store.programs;
  let roomMadeAt = Number.NEGATIVE_INFINITY;

  function limitsOf({ plan }: Viewer) {
    return { programs: plans[plan].programs, bytes: plans[plan].programBytes };
  }

  function expiryOf({ plan }: Viewer, changedAt: Date): Date | null {
    const kept = programsKeptMs(plans[plan]);
    return kept === null ? null : new Date(changedAt.getTime() + kept);
  }

  /** Throws `unknown_language`, and `plan_forbids` for a language that the plan does not have. */
  function languageOf(viewer: Viewer, named: string): Language {
    const language = catalogue.find(named);
    const { languages } = plans[viewer.plan];
    if (languages !== "*" && !languages.includes(language.id)) throw planForbids(viewer.plan, language.name);
    return language;
  }

  /** What a change makes of a program. Options that it does not name are kept as they are, unless it is another language's program now. */
  function target(before: StoredProgram, change: ProgramChange, language: Language | null): ProgramChange {
    if (change.options)
      refuseUnknownOptions(change.options, language ?? catalogue.find(before.content.language));
    if (!language) return change;
    const other = language.id !== before.content.language;
    const kept = other ? (changedOptions(language.options ?? [], before.content.options) ?? {}) : undefined;
    const options = change.options ?? kept;
    return { ...change, language: language.id, options };
  }

  /** Writes what makes so many bytes more, unless that is too much for the viewer's network; only what is written counts there. */
  async function growing<Outcome>(
    viewer: Viewer,
    bytes: number,
    written: Outcome,
    write: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const taken = await growth.take(viewer, bytes, clock());
    let outcome: Outcome | undefined;
    try {
      outcome = await write();
      return outcome;
    } finally {
      if (outcome !== written) await taken.giveBack();
    }
  }

  async function add(viewer: Viewer, program: StoredProgram): Promise<ProgramSummary> {
    const outcome = await growing(viewer, programBytes(program), "created", () =>
      store.create(program, limitsOf(viewer), viewer.credential),
    );
    if (outcome === "taken") {
      throw new AppError(
        "conflict",
        "There is a program of this `id` already; leave it out to be given one.",
        {
          details: [{ path: "id", message: "is taken" }],
        },
      );
    }
    if (outcome === "too_many") throw tooMany(viewer.plan, plans);
    if (outcome === "too_large") throw tooLarge(viewer.plan, plans);
    makeRoom(viewer);
    return summaryView(program);
  }

  /** After the answer, which does not wait for it. */
  function makeRoom({ plan }: Viewer): void {
    const bytes = plans[plan].programBytesInAll;
    const now = performance.now();
    if (bytes === null || now - roomMadeAt < MAKE_ROOM_MS) return;
    roomMadeAt = now;
    store.makeRoom(plan, bytes).then(
      (removed) => {
        if (removed > 0) log.info({ plan, removed }, "removed the longest unchanged programs of a plan");
      },
      (error: unknown) => log.warn({ err: error, plan }, "could not make room for programs"),
    );
  }

  async function find(viewer: Viewer, id: string): Promise<StoredProgram> {
    const program = await store.get(id, viewer.id);
    if (!program) throw notFound("program");
    return program;
  }

  return {
    async list(viewer, query) {
      return pageView(await store.list(viewer.id, query));
    },

    async get(viewer, id) {
      return programView(await find(viewer, id));
    },

    owns: (viewer, id) => store.owns(id, viewer.id),

    async create(viewer, { id, title = "", options, ...content }) {
      const now = clock();
      const language = languageOf(viewer, content.language);
      refuseUnknownOptions(options, language);
      return add(viewer, {
        id: id ?? newProgramId(),
        owner: viewer.id,
        title: title || titleOfCode(content.code),
        titleSource: title === "" ? "derived" : "typed",
        revision: 1,
        plan: viewer.plan,
        createdAt: now,
        updatedAt: now,
        expiresAt: expiryOf(viewer, now),
        // By its id, also where another name of it was sent.
        content: { ...content, ...(hasOptions(options) ? { options } : {}), language: language.id },
      });
    },

    async update(viewer, id, { language: named, ...change }, revision) {
      const language = named === undefined ? null : languageOf(viewer, named);
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const before = await find(viewer, id);
        if (revision !== null && before.revision !== revision) throw staleRevision(before.revision);
        const now = clock();
        const next = changed(before, target(before, change, language), {
          at: now,
          expiresAt: expiryOf(viewer, now),
        });
        if (sameProgram(before, next)) return summaryView(before);
        const more = programBytes(next) - programBytes(before);
        const outcome = await growing(viewer, more, "replaced", () => store.replace(next, limitsOf(viewer)));
        if (outcome === "absent") throw notFound("program");
        if (outcome === "too_large") throw tooLarge(viewer.plan, plans);
        if (outcome === "replaced") {
          makeRoom(viewer);
          return summaryView(next);
        }
      }
      throw staleRevision(null);
    },

    async remove(viewer, id) {
      if (!(await store.remove(id, viewer.id))) throw notFound("program");
    },

    async duplicate(viewer, id) {
      const { title, titleSource: _, content } = await find(viewer, id);
      const now = clock();
      return add(viewer, {
        id: newProgramId(),
        owner: viewer.id,
        title: copyTitle(title),
        titleSource: "typed",
        revision: 1,
        plan: viewer.plan,
        createdAt: now,
        updatedAt: now,
        expiresAt: expiryOf(viewer, now),
        content,
      });
    },

    removeAll: (viewer) => store.removeAll(viewer.id),

    async *exportAll(viewer) {
      for await (const program of store.exportAll(viewer.id)) yield programView(program);
    },

    async adopt(from, to) {
      await store.adopt(from.id, to.id, programsKeptMs(plans[to.plan]), to.plan);
    },
  };
}

const MAX_BASE_CHARS = 180;

/** Of a copy's copy it is said once that it is one. */
function copyTitle(title: string): string {
  const base = title.replace(/ \(copy\)$/, "");
  return `${[...base].slice(0, MAX_BASE_CHARS).join("")} (copy)`;
}
