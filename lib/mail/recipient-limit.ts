const HOUR_MS = 3_600_000;
const MAILS_PER_HOUR = 10;

/** Keeps strangers from having us flood somebody's mailbox: sign-ups and forgotten passwords need no account. */
export class RecipientLimit {
  readonly #counts = new Map<string, number>();
  #hour = 0;

  /** `false` when the address has had its mails of this hour. */
  take(address: string, now = Date.now()): boolean {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.#hour) {
      this.#counts.clear();
      this.#hour = hour;
    }
    const count = this.#counts.get(address) ?? 0;
    if (count >= MAILS_PER_HOUR) return false;
    this.#counts.set(address, count + 1);
    return true;
  }
}
