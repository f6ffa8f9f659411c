import type { Visibility } from "../schemas/history";
import type { ModerationReason, ReportDecision } from "../schemas/moderation";

/** Why a run that its owner shares is kept from others. Who decided it is in the audit log. */
export interface Takedown {
  at: Date;
  reason: ModerationReason;
  /** For the run's owner. */
  note: string;
}

/** One viewer's report of a run. */
export interface Complaint {
  /** A user's id, or for guests the key of their network, as in `Charge.account`. */
  reporter: string;
  from: "guest" | "user";
  reason: ModerationReason;
  text: string;
  at: Date;
}

/** The reports of one run until an admin decides. A run has one open case at most. */
export interface ReportCase {
  id: string;
  openedAt: Date;
  /** One of each reporter, oldest first, at most `MAX_COMPLAINTS`. */
  complaints: readonly Complaint[];
  decision: ReportDecision | null;
  decidedAt: Date | null;
  /** An admin's id. */
  decidedBy: string | null;
  run: ReportedRun;
}

/** What the list shows of a run; nothing in it is large. */
export interface ReportedRun {
  id: string;
  owner: string;
  title: string | null;
  preview: string;
  language: string;
  visibility: Visibility;
  takedown: Takedown | null;
}

export interface ReportCasePage {
  cases: ReportCase[];
  nextCursor: string | null;
}

/** Further reports of an open case are counted as made and not kept: there is enough to decide by. */
export const MAX_COMPLAINTS = 20;

/** Reports of shared runs, and the decisions of admins about them. As in `Store`, the caller has checked permissions. */
export interface ModerationStore {
  /** Adds a report to the run's open case, or opens one under this id. `already` when the reporter is in the open case. */
  report(run: string, caseId: string, complaint: Complaint): Promise<"reported" | "already" | "absent">;
  /** Open cases by their opening, decided ones by their decision, the latest first, 20 a page. Cursors as for users. */
  listCases(query: { open: boolean; cursor?: string | null | undefined }): Promise<ReportCasePage>;
  /** Decides an open case and leaves the run as it is; `null` when there is no such case, or it is decided. */
  dismissCase(id: string, by: string, at: Date): Promise<ReportCase | null>;
  /**
   * Takes a run down that is shared, or was reported while it was, and decides its open case; without one it is noted as a decided case under
   * `caseId`, so that it can be found and restored. Returns its owner. `null`, without any change, when there is no such run, when it is
   * private and not reported, or taken down already.
   */
  takeDown(run: string, takedown: Takedown, by: string, caseId: string): Promise<string | null>;
  /** Lets others see a run again as its owner had shared it; returns its owner, `null` when it is not taken down. */
  restore(run: string): Promise<string | null>;
}
