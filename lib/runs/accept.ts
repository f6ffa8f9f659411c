import { nanoid } from "nanoid";
import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { type Language, limitsOf } from "../languages";
import type { Catalogue } from "../languages/catalogue";
import type { Logger } from "../log";
import { expiryOf, type Plans, quotaDay } from "../plans";
import { type Channel, factsOf, type Queue, type QueueState, queueFull, type RunJob } from "../queue";
import type { Rates } from "../rates";
import type { Visibility } from "../schemas/history";
import { changedOptions } from "../schemas/language-options";
import type { RunMode, RunRequest, RunResult } from "../schemas/run";
import type { Store } from "../store";
import type { RunTelemetry } from "../telemetry";
import {
  dailyCeilings,
  overCeiling,
  overQuota,
  refuseClashes,
  refuseForbidden,
  refuseForeignProgram,
  refuseMainFile,
  refuseUnknownOptions,
  takeMinute,
} from "./admission";
import type { Backlog } from "./backlog";
import { AcceptedLiveRun } from "./live-run";
import type { LiveRuns } from "./live-runs";
import { lowered, sandboxLimits } from "./requested-limits";
import { usageOf } from "./usage";

/** 22 characters of 6 bits: 132 random bits, since the id of a shared run is all that is needed to see it. */
const ID_LENGTH = 22;

export interface AcceptOptions {
  store: Store;
  queue: Queue;
  channel: Channel;
  catalogue: Catalogue;
  plans: Plans;
  rates: Rates;
  backlog: Backlog;
  log: Logger;
  clock: () => Date;
  live: LiveRuns;
  /** As in `RunsOptions`. */
  refusal?: (() => AppError | null) | undefined;
  telemetry: RunTelemetry;
}

export interface AcceptedRun {
  run: AcceptedLiveRun;
  /** Settles with how it ended. Not kept in memory for others: a result can be large. */
  result: Promise<RunResult>;
}

/** Accepts a viewer's request to run a program, or throws why it cannot. A run whose client disconnects is cancelled. */
export type Accept = (
  viewer: Viewer,
  request: RunRequest,
  client?: AbortSignal,
  chosen?: ChosenOfRun,
) => Promise<AcceptedRun>;

/** What whoever submits a run may choose of it beside what is run; `SubmitOptions` says what it is. */
export interface ChosenOfRun {
  id?: string;
  visibility?: Visibility;
  signals?: boolean;
}

/** The same, and the trace that its job carries. */
interface Chosen extends ChosenOfRun {
  trace: string | undefined;
}

export function createAccept(options: AcceptOptions): Accept {
  const { store, queue, channel, catalogue, plans, rates, backlog, log, clock, live, telemetry } = options;
  const { refusal = () => null } = options;

  return (viewer, request, client, chosen) =>
    telemetry.accepting((trace) => accept(viewer, request, client, { ...chosen, trace }));

  async function accept(
    viewer: Viewer,
    request: RunRequest,
    client: AbortSignal | undefined,
    chosen: Chosen,
  ): Promise<AcceptedRun> {
    const language = catalogue.find(request.language);
    refuseMainFile(request, language);
    refuseClashes(request, language);
    refuseForbidden(request, language, plans[viewer.plan], viewer.plan);
    refuseUnknownOptions(request.options, language);
    await refuseForeignProgram(store, viewer, request);
    const minute = await takeMinute(rates, viewer, plans[viewer.plan]);
    try {
      return await enter(viewer, request, language, client, chosen);
    } catch (error) {
      // A request beyond the day's quota uses up one of the minute's; any other refusal gives it back.
      if (!(error instanceof AppError && error.code === "quota_exceeded")) await minute.giveBack();
      throw error;
    }
  }

  /** Either the run is counted, stored and on its way, or none of it. */
  async function enter(
    viewer: Viewer,
    request: RunRequest,
    language: Language,
    client: AbortSignal | undefined,
    chosen: Chosen,
  ): Promise<AcceptedRun> {
    refuseWhenFull(await queue.state());
    const unable = refusal();
    if (unable) throw unable;
    if (client?.aborted) throw new AppError("conflict", "The run was cancelled.");
    const charged = await charge(viewer, request, language, chosen);
    const job: RunJob = chosen.signals ? { ...charged, signals: true } : charged;
    const accepted = await openLive(job, viewer, client);
    try {
      await queue.add(job);
    } catch (error) {
      live.discard(accepted.run);
      channel.drop(job.id);
      await withdraw(job, viewer.id);
      throw error;
    }
    return accepted;
  }

  /** From here on the run can be seen, and ended by its client going away. */
  async function openLive(
    job: RunJob,
    viewer: Viewer,
    client: AbortSignal | undefined,
  ): Promise<AcceptedRun> {
    const facts = factsOf(job);
    channel.open(job.id, facts);
    const run = new AcceptedLiveRun(job, facts, viewer, channel);
    live.add(run);
    const result = run.follow();
    const cancel = () => void run.cancel();
    if (client?.aborted) await run.cancel();
    client?.addEventListener("abort", cancel, { once: true });
    const onEnd = () => {
      client?.removeEventListener("abort", cancel);
      live.linger(run);
    };
    // Avoids an unhandled rejection, too; awaiters still see it.
    result.then(onEnd, onEnd);
    return { run, result };
  }

  /** Takes the run out of its viewer's quota and writes it, or neither. Throws `quota_exceeded`. */
  async function charge(
    viewer: Viewer,
    { programId, ...sent }: RunRequest,
    language: Language,
    { id = nanoid(ID_LENGTH), visibility: wanted = "private", trace }: Chosen,
  ): Promise<RunJob> {
    const { plan, account, group = account } = viewer;
    const { limits: planLimits, runsPerDay: limit, parallelRuns: parallel } = plans[plan];
    const { storedBytes: ownerBytes, storedBytesInAll: planBytes } = plans[plan];
    const { parallelRunsPerNetwork } = plans[plan];
    const networks = viewer.networks ?? [];
    const ceilings = dailyCeilings(viewer, plans[plan]);
    const acceptedAtMs = performance.timeOrigin + performance.now();
    const createdAt = clock();
    const { day } = quotaDay(createdAt);
    const visibility = plans[plan].features.includes("share") ? wanted : "private";
    const request = inPlainWords(sent, language);
    const mode = modeFor(request);
    const planned = limitsOf(planLimits, language, mode);
    const limits = lowered(planned, request.limits);
    const expiresAt = expiryOf(plans[plan], createdAt);
    const { accepted, used, ceiling } = await store.acceptRun(
      {
        ...{ id, owner: viewer.id, request, program: programId ?? null, createdAt, plan, limits, expiresAt },
        visibility,
      },
      {
        ...{ account, day, limit, ceilings },
      },
      viewer.credential,
    );
    if (!accepted && ceiling) throw overCeiling(ceiling, viewer, createdAt);
    if (!accepted) throw overQuota(plan, plans, createdAt);
    const usage = usageOf(plans, plan, used, createdAt);
    const room = { owner: viewer.id, plan, ownerBytes, planBytes };
    const made = { createdAt: createdAt.toISOString(), acceptedAtMs };
    return {
      ...{ id, language: language.id, request, mode, limits, account, group, parallel, usage, room, day },
      sandboxLimits: sandboxLimits(planned, limits),
      ...made,
      networks: networks.map((key) => ({ key, parallel: parallelRunsPerNetwork })),
      ceilings: ceilings.map((each) => each.account),
      ...(trace === undefined ? {} : { trace }),
    };
  }

  /** Undoes `charge`, where the queue was full after all. */
  async function withdraw({ id, account, ceilings, day }: RunJob, owner: string): Promise<void> {
    // The refund comes last, so that trying again gives back once.
    const undo = async () => {
      await store.deleteRun(id, owner);
      await store.refundRun(account, day, ceilings);
    };
    await undo().catch((error: unknown) => {
      log.warn({ err: error, run: id }, "could not withdraw a run that was not accepted; trying again later");
      backlog.add(undo);
    });
  }
}

/** Spares the store a run that has no place; the queue itself has the last word when the job is added. */
function refuseWhenFull(state: QueueState): void {
  if (state.waiting >= state.limit && state.running >= state.concurrency) throw queueFull(state);
}

/** The language by its id, which lists are filtered by; and of its options only those that are not the defaults anyway. */
function inPlainWords({ options, ...request }: RunRequest, language: Language): RunRequest {
  const changed = changedOptions(language.options ?? [], options);
  return { ...request, language: language.id, ...(changed ? { options: changed } : {}) };
}

/** Tests bring their own input, so such a run is unattended. */
function modeFor({ mode, tests }: RunRequest): RunMode {
  return tests.length > 0 ? "batch" : mode;
}
