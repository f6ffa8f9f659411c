import { nanoid } from "nanoid";
import type { Viewer } from "../auth/viewer";
import { AppError, notFound } from "../errors";
import { type Rates, rateLimited } from "../rates";
import type { NewReport } from "../schemas/moderation";
import type { Store } from "../store";

const REPORTS_PER_MINUTE = 5;

/** What viewers can do about others' shared runs. */
export interface Reports {
  /**
   * Asks the admins to look at a run that somebody shares. Throws `conflict` for the viewer's own run, and while an earlier report of theirs
   * waits to be decided; `not_found` and `gone` as for reading it; `rate_limited`. Guests of one network count as one viewer.
   */
  report(viewer: Viewer, id: string, report: NewReport): Promise<void>;
}

interface ReportsOptions {
  store: Store;
  rates: Rates;
  clock: () => Date;
}

export function createReports({ store, rates, clock }: ReportsOptions): Reports {
  return {
    async report(viewer, id, { reason, text }) {
      // Not by browser: cookies are to be had for nothing, and a run that many report is looked at first.
      const reporter = viewer.group ?? viewer.account;
      const rate = await rates.take("reports", reporter, REPORTS_PER_MINUTE);
      if (!rate.allowed) throw rateLimited(rate, "reports a minute");
      const run = await store.findRun(id, viewer.id);
      if (!run) throw notFound("run");
      if (run.owner === viewer.id) {
        throw new AppError("conflict", "This is your own run: make it private, or delete it.");
      }
      const from = viewer.plan === "guest" ? "guest" : "user";
      const complaint = { reporter, from, reason, text, at: clock() } as const;
      const outcome = await store.moderation.report(id, nanoid(), complaint);
      if (outcome === "absent") throw notFound("run");
      if (outcome === "already") {
        throw new AppError(
          "conflict",
          "You have reported this run, and nobody has decided about it yet: there is nothing more to do.",
        );
      }
    },
  };
}
