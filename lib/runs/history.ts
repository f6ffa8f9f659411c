import type { Viewer } from "../auth/viewer";
import { notFound } from "../errors";
import { type Plans, quotaDay } from "../plans";
import type { Channel } from "../queue";
import type {
  RunChange,
  RunDetail,
  RunPage,
  RunQuery,
  RunSummary,
  Statistics,
  UsageReport,
} from "../schemas/history";
import type { ForeignRequest } from "../schemas/run";
import type { ArtifactHead, Store } from "../store";
import { withTimeout } from "../system/with-timeout";
import { planForbids } from "./admission";
import { endIn, printedIn } from "./events";
import type { LiveRuns } from "./live-runs";
import { usageOf } from "./usage";
import { detailView, summaryView } from "./view";

const DAY_MS = 86_400_000;
const USAGE_DAYS = 30;

/** A file that a run left. Its bytes are read as they are asked for, and end with an error when the file is gone meanwhile. */
export interface Artifact extends ArtifactHead {
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * What viewers can see of stored runs and do to them. Others' runs can be seen when they are shared, and never changed; what a
 * viewer may not see is `not_found`, in the same words as what is not there.
 */
export interface History {
  /** The viewer's own runs, newest first. */
  list(viewer: Viewer, query: RunQuery): Promise<RunPage>;
  /** One run, own or shared; `status` is `running` until it has ended. Throws `gone` for another's that was taken down. */
  get(viewer: Viewer, id: string): Promise<RunDetail>;
  /** The same when it has ended, or after `waitMs`; at once when the signal aborts. */
  getEnded(viewer: Viewer, id: string, waitMs: number, signal: AbortSignal): Promise<RunDetail>;
  /**
   * A run that was made for a request of another API, own or shared, with what was asked. Throws `not_found` for any other, and `gone` as
   * `get` does.
   */
  getForeign(viewer: Viewer, id: string): Promise<ForeignRun>;
  /** Whether `get` would throw `gone`, asked cheaply; a `null` viewer is nobody known. */
  isGone(viewer: Viewer | null, id: string): Promise<boolean>;
  /** Throws `forbidden` when a run that was taken down would be shared. */
  update(viewer: Viewer, id: string, change: RunChange): Promise<RunSummary>;
  /** For good, with its page and its files. A run that still runs is ended. */
  remove(viewer: Viewer, id: string): Promise<void>;
  /** Everything the viewer has; answers how many runs that were. */
  removeAll(viewer: Viewer): Promise<number>;
  /** Everything the viewer has, newest first, read as it is asked for. */
  exportAll(viewer: Viewer): AsyncIterable<RunDetail>;
  /** A file that an own or shared run left. */
  artifact(viewer: Viewer, id: string, name: string): Promise<Artifact>;
  /** The last `days` UTC days, today included. */
  statistics(viewer: Viewer, days: number): Promise<Statistics>;
  usage(viewer: Viewer): Promise<UsageReport>;
}

/** See `getForeign`. */
export interface ForeignRun {
  run: RunDetail;
  foreign: ForeignRequest;
  /** A stage of it has begun: it does not wait for its turn any more. */
  begun: boolean;
}

export interface HistoryOptions {
  store: Store;
  channel: Channel;
  live: LiveRuns;
  plans: Plans;
  clock: () => Date;
  /** As in `RunsOptions`. */
  amongOthers: boolean;
}

export function createHistory(options: HistoryOptions): History {
  const { store, channel, live, plans, clock, amongOthers } = options;

  async function get(viewer: Viewer, id: string): Promise<RunDetail> {
    const run = await store.findRun(id, viewer.id);
    if (!run) throw notFound("run");
    if (run.owner !== viewer.id) return detailView(run, viewer);
    const events = run.result ? [] : ((await channel.read(id)) ?? []);
    const result = endIn(events) ?? (run.result && (await store.getRun(id))?.result) ?? undefined;
    const output = result ? undefined : printedIn(events, "run");
    return detailView(run, viewer, { result, output, usage: result?.usage });
  }

  /** Ids of the owner's runs that have not ended, wherever they were accepted. As many as any plan has at once. */
  async function runningOf(owner: string): Promise<string[]> {
    const { runs } = await store.listRuns(owner, { status: "running", limit: 100 });
    return runs.map(({ id }) => id);
  }

  /** What was deleted has nobody who could end it. A queue that is away must not undo the deletion, which is done. */
  async function cancelElsewhere(ids: readonly string[]): Promise<void> {
    await Promise.allSettled(ids.map((id) => channel.send(id, { type: "cancel" })));
  }

  /** Resolves with the end of a run of another process, or when nobody waits for it any more. Never rejects. */
  async function endElsewhere(id: string, waitMs: number, signal: AbortSignal): Promise<void> {
    const events = channel.watch(id, 0);
    const stop = () => void events.return?.();
    const timer = setTimeout(stop, waitMs);
    signal.addEventListener("abort", stop, { once: true });
    try {
      for (let step = await events.next(); !step.done; step = await events.next());
    } catch {
      // Who asked is told what the store has.
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  return {
    async list(viewer, query) {
      const { runs, nextCursor } = await store.listRuns(viewer.id, query);
      return { runs: runs.map(summaryView), nextCursor };
    },

    get,

    async getForeign(viewer, id) {
      const stored = await store.findRun(id, viewer.id);
      const foreign = stored?.request.foreign;
      if (!stored || !foreign) throw notFound("run");
      const events = stored.result ? [] : ((await channel.read(id)) ?? []);
      const result = stored.result ? undefined : endIn(events);
      const begun = stored.result !== null || events.some(({ type }) => type === "stage" || type === "done");
      return { run: detailView(stored, viewer, { result }), foreign, begun };
    },

    async getEnded(viewer, id, waitMs, signal) {
      const now = await get(viewer, id);
      if (now.status !== "running") return now;
      const end = live.get(id)?.finished ?? endElsewhere(id, waitMs, signal);
      await untilAborted(
        withTimeout(end, waitMs, () => {}),
        signal,
      );
      return get(viewer, id);
    },

    isGone: (viewer, id) => store.isGone(id, viewer?.id ?? null),

    async update(viewer, id, change) {
      const shares = change.visibility !== undefined && change.visibility !== "private";
      if (shares && !plans[viewer.plan].features.includes("share"))
        throw planForbids(viewer.plan, "sharing of runs");
      const row = await store.updateRun(id, viewer.id, change);
      if (!row) throw notFound("run");
      return summaryView(row);
    },

    async remove(viewer, id) {
      if (!(await store.deleteRun(id, viewer.id))) throw notFound("run");
      const run = live.get(id);
      if (run) live.discard(run);
      else await cancelElsewhere([id]);
    },

    async removeAll(viewer) {
      // Taken before the deletion: a run accepted meanwhile is not one that the viewer asked to delete.
      const own = live.of(viewer.id);
      const others = amongOthers ? await runningOf(viewer.id) : [];
      const removed = await store.deleteRuns(viewer.id);
      for (const run of own) live.discard(run);
      await cancelElsewhere(others);
      return removed;
    },

    async *exportAll(viewer) {
      for await (const run of store.exportRuns(viewer.id)) yield detailView(run, viewer);
    },

    async artifact(viewer, id, name) {
      const head = await store.findArtifact(id, name, viewer.id);
      if (!head) throw notFound("file");
      async function* bytes({ size }: ArtifactHead) {
        for (let part = 0, read = 0; read < size; part++) {
          const piece = await store.readArtifact(id, name, viewer.id, part);
          if (!piece) throw notFound("file");
          read += piece.byteLength;
          yield piece;
        }
      }
      return { ...head, bytes: bytes(head) };
    },

    async statistics(viewer, days) {
      const to = clock();
      const today = Date.parse(`${quotaDay(to).day}T00:00:00Z`);
      const from = new Date(today - (days - 1) * DAY_MS);
      const active = new Map(
        (await store.activity(viewer.id, from, new Date(to.getTime() + 1))).map((day) => [day.day, day]),
      );
      const all = Array.from({ length: days }, (_, index) => {
        const { day } = quotaDay(new Date(from.getTime() + index * DAY_MS));
        const { runs = 0, succeeded = 0, averageMs = null, slowestMs = null } = active.get(day) ?? {};
        return { day, runs, succeeded, averageMs, slowestMs };
      });
      const sum = (of: "runs" | "succeeded") => all.reduce((total, day) => total + day[of], 0);
      return { days: all, runs: sum("runs"), succeeded: sum("succeeded") };
    },

    async usage(viewer) {
      const now = clock();
      const { day: today } = quotaDay(now);
      const { day: first } = quotaDay(new Date(now.getTime() - (USAGE_DAYS - 1) * DAY_MS));
      const [days, kept] = await Promise.all([
        store.usage(viewer.account, first, today),
        store.kept(viewer.id),
      ]);
      const used = days.find(({ day }) => day === today)?.runs ?? 0;
      const limitBytes = plans[viewer.plan].storedBytes;
      return {
        ...usageOf(plans, viewer.plan, used, now),
        days,
        kept: { ...kept, removedAt: kept.removedAt?.toISOString() ?? null, limitBytes },
      };
    },
  };
}

/** Resolves with the work, or as soon as nobody waits for it any more. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let leave: () => void = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  signal.addEventListener("abort", leave, { once: true });
  await Promise.race([work, left]).finally(() => signal.removeEventListener("abort", leave));
}
