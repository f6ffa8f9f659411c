import type { Link } from "./link";

const EVERY_MS = 2_000;
/** So many messages to itself that a process does not hear, one after another, and its inbox counts as dead. */
const UNHEARD = 2;

/**
 * Looks whether messages arrive: a process says something to itself. Nothing is ever sent on the connection that it listens on, so nobody else would
 * notice when that is dead and not closed; the process would accept runs, and hear neither of their events nor of its turns.
 */
export class InboxCheck {
  readonly #link: Link;
  readonly #timer: NodeJS.Timeout;
  #said = 0;
  #heard = 0;

  constructor(link: Link) {
    this.#link = link;
    link.on("h", ([said = ""]) => {
      // One that was late changes nothing.
      this.#heard = Math.max(this.#heard, Number(said) || 0);
    });
    link.onReady(() => {
      this.#heard = this.#said;
    });
    this.#timer = setInterval(() => void this.#look(), EVERY_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const link = this.#link;
    if (!link.ready) return;
    if (this.#said - this.#heard >= UNHEARD) {
      link.log.warn("messages through Redis do not arrive; the connections are made anew");
      this.#heard = this.#said;
      link.reconnect();
      return;
    }
    const said = ++this.#said;
    await link
      .ask((redis) => redis.publish(`${link.prefix}to:${link.process}`, `h\n${said}`))
      .catch(() => {
        // That commands are not answered is noticed by those who say them.
        this.#heard = said;
      });
  }
}
