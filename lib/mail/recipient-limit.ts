const HOUR_MS = 3_600_000;
const MAILS_PER_HOUR = 5;

/**
 * Keeps strangers from having us flood somebody's mailbox: sign-ups and forgotten passwords need no account. Each kind of mail is counted by
 * itself, so that a stranger who uses up one kind does not silence the others, such as the notice of a new sign-in.
 */
export class RecipientLimit {
  readonly #counts = new Map<string, number>();
  #hour = 0;

  /** `false` when the address has had its mails of this kind in this hour. */
  take(address: string, kind: string, now = Date.now()): boolean {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.#hour) {
      this.#counts.clear();
      this.#hour = hour;
    }
    const key = `${kind} ${address}`;
    const count = this.#counts.get(key) ?? 0;
    if (count >= MAILS_PER_HOUR) return false;
    this.#counts.set(key, count + 1);
    return true;
  }
}
