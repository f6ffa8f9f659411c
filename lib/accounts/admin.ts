import { AppError, notFound } from "../errors";
import { type Plans, quotaDay, retentionMs } from "../plans";
import type { Programs } from "../programs";
import type { Queue } from "../queue";
import type { SandboxFront } from "../sandbox/sandbox";
import type {
  AdminOverview,
  AdminUser,
  AdminUserChange,
  AuditAction,
  AuditEntry,
  AuditQuery,
} from "../schemas/admin";
import type { Store } from "../store";
import type { AuditEntry as StoredEntry, User, UserChange } from "../store/accounts";
import type { Audit } from "./audit";
import type { Owner } from "./owner";

const HOUR_MS = 3_600_000;
const HOURS = 48;

/** What admins may see and do. The caller has checked that the viewer is an admin. Users' programs cannot be seen here. */
export interface Admin {
  overview(): Promise<AdminOverview>;
  users(query: AdminUsersQuery): Promise<{ users: AdminUser[]; nextCursor: string | null }>;
  /** Throws `conflict` when admins suspend or demote themselves or the last admin, `forbidden` when they are no admins any more. */
  change(admin: Owner, id: string, change: AdminUserChange): Promise<AdminUser>;
  audit(query: AuditQuery): Promise<{ entries: AuditView[]; nextCursor: string | null }>;
  /** Every entry that fits, read as it is asked for. That it was asked for is itself written down. */
  exportAudit(admin: Owner, query: Omit<AuditQuery, "cursor">): AsyncIterable<AuditView>;
}

type AdminUsersQuery = { q?: string | undefined; cursor?: string | undefined; waiting?: "true" | undefined };
type AuditView = Omit<AuditEntry, "at"> & { at: string };

interface AdminOptions {
  store: Store;
  programs: Pick<Programs, "adopt">;
  queue: Queue;
  sandbox: SandboxFront;
  plans: Plans;
  audit: Audit;
  clock: () => Date;
}

export function createAdmin({ store, programs, queue, sandbox, plans, audit, clock }: AdminOptions): Admin {
  const { accounts } = store;

  async function view(user: User): Promise<AdminUser> {
    const { day } = quotaDay(clock());
    const [today] = await store.usage(user.id, day, day);
    const { id, email, name, plan, admin } = user;
    return {
      ...{ id, email, name, plan, admin },
      suspended: user.suspendedAt !== null,
      waiting: user.waiting,
      createdAt: user.createdAt.toISOString(),
      lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
      runsToday: today?.runs ?? 0,
    };
  }

  /** The change to the user, and the audit log entries that record it. */
  function effects(user: User, { plan, suspended, waiting, admin }: AdminUserChange) {
    const change: UserChange = {};
    const actions: [AuditAction, string][] = [];
    if (plan !== undefined && plan !== user.plan) {
      change.plan = plan;
      actions.push(["admin_plan_changed", `${user.plan} → ${plan}`]);
    }
    if (suspended !== undefined && suspended !== (user.suspendedAt !== null)) {
      change.suspendedAt = suspended ? clock() : null;
      actions.push([suspended ? "admin_suspended" : "admin_resumed", ""]);
    }
    if (waiting === false && user.waiting) {
      change.waiting = false;
      actions.push(["admin_approved", ""]);
    }
    if (admin !== undefined && admin !== user.admin) {
      change.admin = admin;
      actions.push([admin ? "admin_granted" : "admin_withdrawn", ""]);
    }
    return { change, actions };
  }

  /** A person is named by e-mail address or id; an address without an account has no entries. */
  async function auditFilter({ person, action }: Omit<AuditQuery, "cursor">) {
    if (person === undefined) return { action };
    const named = person.includes("@") ? await accounts.findUserByEmail(person.toLowerCase()) : null;
    return { account: named?.id ?? person, action };
  }

  return {
    async overview() {
      const now = clock();
      const last = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
      const first = last - (HOURS - 1) * HOUR_MS;
      const [users, busy, sandboxes, jobs] = await Promise.all([
        accounts.countUsers(),
        store.runsByHour(new Date(first), new Date(last + HOUR_MS)),
        sandbox.health(),
        queue.state(),
      ]);
      const byHour = new Map(busy.map((hour) => [hour.hour, hour]));
      const hours = Array.from({ length: HOURS }, (_, index) => {
        const hour = new Date(first + index * HOUR_MS).toISOString().slice(0, 13);
        return byHour.get(hour) ?? { hour, runs: 0, failed: 0 };
      });
      return {
        users,
        hours,
        sandboxes: {
          warm: sandboxes.warm,
          running: sandboxes.running,
          engine: sandboxes.version ?? null,
        },
        queue: { running: jobs.running, waiting: jobs.waiting, limit: jobs.limit },
      };
    },

    async users({ waiting, ...query }) {
      if (waiting)
        return { users: await Promise.all((await accounts.listWaiting()).map(view)), nextCursor: null };
      const { users, nextCursor } = await accounts.listUsers(query);
      return { users: await Promise.all(users.map(view)), nextCursor };
    },

    async change(admin, id, change) {
      const { session } = admin;
      // Keys may not do this, so there is a session.
      if (session === null) throw new AppError("forbidden", "This is not for API keys.");
      const user = await accounts.getUser(id);
      if (!user) throw notFound("account");
      const { change: changes, actions } = effects(user, change);
      if (id === admin.user.id && (changes.suspendedAt || changes.admin === false)) {
        throw new AppError("conflict", "This is your own account; let another admin do that.");
      }
      const changed = await accounts.updateUserAs({ user: admin.user.id, session }, id, changes);
      if (!changed) throw notFound("account");
      if (changes.plan) {
        await store.adoptRuns(id, id, retentionMs(plans[changes.plan]), changes.plan);
        const viewer = { id, plan: changes.plan, account: id };
        await programs.adopt(viewer, viewer);
      }
      if (changes.suspendedAt) await accounts.deleteSessions(id);
      for (const [action, detail] of actions)
        await audit.note(action, { actor: admin.user.id, subject: id, detail }, admin);
      return view(changed);
    },

    async audit({ cursor, ...query }) {
      const filter = await auditFilter(query);
      const { entries, nextCursor } = await accounts.listAudit({ ...filter, cursor });
      return { entries: entries.map(auditView), nextCursor };
    },

    async *exportAudit(admin, query) {
      const filter = await auditFilter(query);
      const detail = Object.values(query)
        .filter((value) => value !== undefined)
        .join(" · ");
      await audit.note("admin_audit_exported", { actor: admin.user.id, subject: null, detail }, admin);
      for await (const entry of audit.every(filter)) yield auditView(entry);
    },
  };
}

function auditView({ at, ...entry }: StoredEntry): AuditView {
  return { ...entry, at: at.toISOString() };
}
