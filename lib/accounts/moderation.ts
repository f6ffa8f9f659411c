import { nanoid } from "nanoid";
import { AppError, notFound } from "../errors";
import type { ReportCase, TakedownChange } from "../schemas/moderation";
import type { Store } from "../store";
import type { ReportCase as StoredCase } from "../store/moderation";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Owner } from "./owner";

/** What admins do about runs that their owners share. The caller has checked that the viewer is an admin. */
export interface Moderation {
  cases(query: {
    state: "open" | "decided";
    cursor?: string | undefined;
  }): Promise<{ cases: ReportCase[]; nextCursor: string | null }>;
  /** Leaves the run as it is. Throws `conflict` when the case is decided already. */
  dismiss(admin: Owner, id: string): Promise<void>;
  /** Takes a shared run down, which also decides its open case, or lets others see it again. Throws `not_found`. */
  change(admin: Owner, run: string, change: TakedownChange): Promise<void>;
}

interface ModerationOptions {
  store: Store;
  audit: Audit;
  letters: Letters;
  clock: () => Date;
}

export function createModeration({ store, audit, letters, clock }: ModerationOptions): Moderation {
  const { moderation, accounts } = store;

  async function view({ complaints, run, decidedBy, ...rest }: StoredCase): Promise<ReportCase> {
    const { owner, visibility, takedown, ...facts } = run;
    const [user, admin] = await Promise.all([
      accounts.getUser(owner),
      decidedBy === null ? null : accounts.getUser(decidedBy),
    ]);
    return {
      ...rest,
      openedAt: rest.openedAt.toISOString(),
      decidedAt: rest.decidedAt?.toISOString() ?? null,
      decidedBy: admin?.email ?? decidedBy,
      // Who reported it is for nobody to know: it would be a list of whom to take revenge on.
      complaints: complaints.map(({ reporter: _, at, ...said }) => ({ ...said, at: at.toISOString() })),
      run: {
        ...facts,
        shared: visibility !== "private",
        takedown: takedown && { ...takedown, at: takedown.at.toISOString() },
      },
      owner: { id: owner, email: user?.email ?? null, suspended: Boolean(user?.suspendedAt) },
    };
  }

  return {
    async cases({ state, cursor }) {
      const page = await moderation.listCases({ open: state === "open", cursor });
      return { cases: await Promise.all(page.cases.map(view)), nextCursor: page.nextCursor };
    },

    async dismiss(admin, id) {
      const { user } = admin;
      const decided = await moderation.dismissCase(id, user.id, clock());
      if (!decided) {
        throw new AppError(
          "conflict",
          "There is nothing to decide here: another admin has, or it is deleted.",
        );
      }
      const { owner, id: run } = decided.run;
      const detail = `run ${run}`;
      await audit.note("admin_report_dismissed", { actor: user.id, subject: owner, detail }, admin);
    },

    async change(admin, run, change) {
      const { user } = admin;
      if (!change.takenDown) {
        const owner = await moderation.restore(run);
        if (owner === null) throw notFound("run that is taken down");
        const detail = `run ${run}`;
        await audit.note("admin_run_restored", { actor: user.id, subject: owner, detail }, admin);
        return;
      }
      const { reason, note } = change;
      const owner = await moderation.takeDown(run, { at: clock(), reason, note }, user.id, nanoid());
      if (owner === null) throw notFound("shared run that is not taken down yet");
      const detail = [`run ${run}`, reason, note].filter((part) => part !== "").join(" · ");
      letters.afterwards("run_taken_down", async () => {
        const to = await accounts.getUser(owner);
        if (to) letters.runTakenDown(to, run, note);
      });
      await audit.note("admin_run_taken_down", { actor: user.id, subject: owner, detail }, admin);
    },
  };
}
