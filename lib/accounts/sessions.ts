import { notFound } from "../errors";
import type { SessionView } from "../schemas/account";
import type { AccountStore, Session } from "../store/accounts";
import type { Audit } from "./audit";
import type { Owner } from "./owner";

/** The places where somebody is signed in, for themselves. */
export interface SessionList {
  list(owner: Owner): Promise<SessionView[]>;
  /** Throws `not_found` for a session that is somebody else's or has ended. */
  end(owner: Owner, id: string): Promise<void>;
  /** Ends all but the one that asks; answers how many. */
  endOthers(owner: Owner): Promise<number>;
}

interface SessionListOptions {
  users: AccountStore;
  audit: Audit;
  sessionIdleMs: number;
  clock: () => Date;
}

export function createSessionList({ users, audit, sessionIdleMs, clock }: SessionListOptions): SessionList {
  return {
    async list({ user, session }) {
      const sessions = await users.listSessions(user.id, clock(), sessionIdleMs);
      return sessions.map((each) => view(each, session));
    },

    async end(owner, id) {
      const { user } = owner;
      if (!(await users.deleteSession(id, user.id))) throw notFound("session");
      await audit.note("session_ended", { actor: user.id, subject: user.id }, owner);
    },

    async endOthers(owner) {
      const { user, session } = owner;
      const ended = await users.deleteSessions(user.id, session ?? undefined);
      await audit.note("sessions_ended", { actor: user.id, subject: user.id, detail: String(ended) }, owner);
      return ended;
    },
  };
}

/** The id is the hash of the browser's token: it opens nothing. */
function view(session: Session, current: string | null): SessionView {
  const { id, browser, network, createdAt, lastSeenAt } = session;
  return {
    ...{ id, browser, network },
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: id === current,
  };
}
