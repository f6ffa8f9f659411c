import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { customAlphabet } from "nanoid";
import { AppError } from "../errors";
import type { Logger } from "../log";
import type { AccountStore } from "../store/accounts";

/** Crockford's base32, in which no letter is like a digit: 25 characters are 125 random bits, so a fast hash is enough to store it. */
const newCode = customAlphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 25);
const RETRY_MS = 30_000;
/** How long an answer may be out of date that another process, or `npm run admin`, has changed. */
const FRESH_MS = 10_000;

interface AdminCodeOptions {
  users: AccountStore;
  /** Where set, the code works for the account with this address only. */
  adminEmail: string | undefined;
  log: Logger;
}

/** The one-time code by which the first admin is made. It is printed at every start until there is one; only its hash is stored. */
export class AdminCode {
  readonly #options: AdminCodeOptions;
  #wanted = false;
  #askedAt = 0;
  #closed = false;

  constructor(options: AdminCodeOptions) {
    this.#options = options;
  }

  /** Whether a code waits to be used. Asks the store in the background, so an answer may be a few seconds old. */
  get wanted(): boolean {
    if (this.#wanted && Date.now() - this.#askedAt > FRESH_MS) {
      this.#askedAt = Date.now();
      this.#options.users
        .adminCode()
        .then((hash) => {
          this.#wanted = hash !== null;
        })
        .catch(() => {}); // asked again with the next answer
    }
    return this.#wanted;
  }

  /** Prints a new code when there is no admin. Tries again until the store answers. */
  async offer(): Promise<void> {
    const { users, adminEmail, log } = this.#options;
    const code = newCode().replace(/.{5}(?!$)/g, "$&-");
    while (!this.#closed) {
      try {
        this.#wanted = await users.offerAdminCode(adminCodeHash(code));
        break;
      } catch (error) {
        log.warn({ err: error }, "could not find out whether there is an admin; trying again");
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
    if (!this.#wanted) return;
    const whose = adminEmail === undefined ? "" : ", with the address of QUICKSAND_ADMIN_EMAIL";
    log.warn({ adminCode: code }, `there is no admin yet: enter this code at /sign-up or /settings${whose}`);
  }

  close(): void {
    this.#closed = true;
  }

  /** The hash of a code that works now for the account with this address. Throws `invalid_request`. */
  async check(typed: string, email: string): Promise<string> {
    const { users, adminEmail } = this.#options;
    const hash = adminCodeHash(typed);
    const waiting = await users.adminCode();
    this.#wanted = waiting !== null;
    if (waiting === hash && (adminEmail === undefined || adminEmail === email)) return hash;
    const message =
      waiting === null
        ? "`adminCode` is not needed any more: there is an admin."
        : "`adminCode` is not the code that was printed at the last start, or not for this address; see the server's log.";
    throw new AppError("invalid_request", message, { details: [{ path: "adminCode", message }] });
  }

  /** Makes the user an admin; `false` when somebody else was faster. */
  async redeem(hash: string, user: string): Promise<boolean> {
    const redeemed = await this.#options.users.redeemAdminCode(hash, user);
    if (redeemed) this.#wanted = false;
    return redeemed;
  }
}

/** Case, spaces and dashes do not matter. */
export function adminCodeHash(code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return createHash("sha256").update(`quicksand admin code:${plain}`).digest("base64url");
}
