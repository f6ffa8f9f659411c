import type { Session } from "./session";

/** How long a run can be resumed from memory after its end. */
const KEPT_MS = 60_000;
/** Text of ended runs kept, in characters; beyond it the oldest go before their time. */
const KEPT_CHARS = 32 * 1_048_576;

/** The sessions of running and just ended runs. Bounded in time and in memory. */
export class Recent {
  readonly #sessions = new Map<string, Session>();
  /** Ended ones in the order of their ends. */
  readonly #ended = new Map<Session, NodeJS.Timeout>();
  #chars = 0;

  /** Not of one that was deleted. */
  get(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    return session?.discarded ? undefined : session;
  }

  of(owner: string): Session[] {
    return [...this.#sessions.values()].filter((session) => session.viewer.id === owner);
  }

  get running(): Session[] {
    return [...this.#sessions.values()].filter((session) => !session.ended);
  }

  add(session: Session): void {
    this.#sessions.set(session.id, session);
    const onEnd = () => this.#keep(session);
    session.result.then(onEnd, onEnd);
  }

  #keep(session: Session): void {
    this.#chars += session.size;
    this.#ended.set(session, setTimeout(() => this.#drop(session), KEPT_MS).unref());
    for (const oldest of this.#ended.keys()) {
      if (this.#chars <= KEPT_CHARS) break;
      this.#drop(oldest);
    }
  }

  #drop(session: Session): void {
    clearTimeout(this.#ended.get(session));
    if (!this.#ended.delete(session)) return;
    this.#chars -= session.size;
    this.#sessions.delete(session.id);
  }
}
