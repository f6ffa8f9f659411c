import type { Requester } from "../auth/identity";
import type { Logger } from "../log";
import type { Mailer } from "../mail";
import type { User } from "../store/accounts";
import type { Link } from "./links";

type Recipient = Pick<User, "name" | "email" | "emailProvenAt">;

/** What is written to people, and to whom. Each method only queues a mail: it neither waits nor fails. */
export class Letters {
  readonly #mailer: Mailer;
  readonly #publicUrl: string;
  readonly #log: Logger;

  constructor(mailer: Mailer, publicUrl: string | undefined, log: Logger) {
    this.#mailer = mailer;
    // Configured wherever mail is: `readEnv` demands it.
    this.#publicUrl = (publicUrl ?? "").replace(/\/+$/, "");
    this.#log = log;
  }

  /** Whether mail is sent at all. */
  get sent(): boolean {
    return this.#mailer.enabled;
  }

  /**
   * Does what leads to a mail after the answer: how long it takes must not tell who has an account, and its failure must not become the
   * request's.
   */
  afterwards(kind: string, work: () => Promise<void>): void {
    if (!this.#mailer.enabled) return;
    setImmediate(() => {
      work().catch((error: unknown) => this.#log.error({ kind, err: error }, "a mail could not be written"));
    });
  }

  proveEmail(to: Recipient, link: Link): void {
    this.#write("prove_email", to, "Confirm your e-mail address", [
      "Open this link to confirm that this address is yours:",
      this.#address(link.path),
      "It works once, for 24 hours. If you did not sign up, ignore this mail.",
    ]);
  }

  alreadyThere(to: Recipient): void {
    this.#write("already_there", to, "You already have an account", [
      "Somebody, perhaps you, tried to sign up with this address. It has an account already.",
      `Sign in at ${this.#address("/sign-in")}, or choose another password at ${this.#address("/forgot-password")}`,
      "If it was not you, you need not do anything.",
    ]);
  }

  resetPassword(to: Recipient, link: Link, from: Requester): void {
    this.#write("reset_password", to, "Choose another password", [
      `Somebody, perhaps you, said that they forgot the password of this account (${placeOf(from)}). Open this link to choose another one:`,
      this.#address(link.path),
      "It works once, for 30 minutes. If it was not you, ignore this mail: your password stays as it is.",
    ]);
  }

  proveNewEmail(to: Recipient, link: Link): void {
    this.#write("change_email", to, "Confirm your new e-mail address", [
      "Open this link to use this address for your account from now on:",
      this.#address(link.path),
      "It works once, for 24 hours. Until then the address stays as it was. If you did not ask for this, ignore this mail.",
    ]);
  }

  emailIsToChange(to: Recipient, next: string, from: Requester): void {
    this.#write("email_is_to_change", to, "Your e-mail address is about to change", [
      `Somebody who knows your password asked for your account to have the address ${next} from now on (${placeOf(from)}). It does, as soon as they open the link that was sent there.`,
      this.#ifNotYou(),
    ]);
  }

  emailChanged(to: Recipient, next: string): void {
    this.#write("email_changed", to, "Your e-mail address was changed", [
      `Your account now has the address ${next}. This one does not sign in any more.`,
      "If it was not you, ask whoever runs this Quicksand for help.",
    ]);
  }

  passwordChanged(to: Recipient, from: Requester): void {
    this.#write("password_changed", to, "Your password was changed", [
      `The password of your account was changed (${placeOf(from)}). All other sessions have ended.`,
      this.#ifNotYou(),
    ]);
  }

  signedIn(to: Recipient, from: Requester): void {
    this.#write("signed_in", to, "A new sign-in to your account", [
      `Somebody signed in to your account with a browser that was not seen with it before: ${placeOf(from)}.`,
      this.#ifNotYou(),
    ]);
  }

  lockedOut(to: Recipient, from: Requester): void {
    this.#write("locked_out", to, "Wrong passwords for your account", [
      `There were so many wrong passwords for your account that signing in has to wait a while (lastly: ${placeOf(from)}).`,
      "Nobody got in by that. If it was you, wait, or choose another password:",
      this.#address("/forgot-password"),
    ]);
  }

  keyMade(to: Recipient, name: string, from: Requester): void {
    this.#write("key_made", to, "A new API key of your account", [
      `An API key${to.emailProvenAt ? ` with the name "${name}"` : ""} was made (${placeOf(from)}). Programs that have it act for you.`,
      this.#ifNotYou(),
    ]);
  }

  /** `note` is what the admin wrote for the run's owner, possibly nothing. */
  runTakenDown(to: Recipient, run: string, note: string): void {
    this.#write("run_taken_down", to, "A run of yours was taken down", [
      "The people who run this Quicksand took down a run that you had shared. Only you can see it now; its page says why:",
      this.#address(`/r/${run}`),
      ...(note === "" ? [] : [note]),
    ]);
  }

  twoFactorChanged(to: Recipient, on: boolean, from: Requester): void {
    this.#write("two_factor", to, `Two-factor sign-in is ${on ? "on" : "off"}`, [
      on
        ? `From now on your account asks for a code of your authenticator app at the sign-in (${placeOf(from)}).`
        : `Your account no longer asks for a code at the sign-in (${placeOf(from)}).`,
      this.#ifNotYou(),
    ]);
  }

  #ifNotYou(): string {
    return `If it was not you, choose another password at once (${this.#address("/forgot-password")}), end your other sessions and revoke your API keys (${this.#address("/settings")}).`;
  }

  #address(path: string): string {
    return `${this.#publicUrl}${path}`;
  }

  #write(kind: string, to: Recipient, subject: string, paragraphs: readonly string[]): void {
    const { name, email, emailProvenAt } = to;
    // Whoever made the account chose the name: nobody's words go to an address that is not known to be theirs.
    const text = [
      emailProvenAt ? `Hello ${name},` : "Hello,",
      ...paragraphs,
      `Quicksand, ${this.#publicUrl}`,
    ].join("\n\n");
    this.#mailer.send({ kind, to: email, subject: `Quicksand: ${subject}`, text: `${text}\n` });
  }
}

function placeOf({ address, browser }: Requester): string {
  return `${browser}, from ${address}`;
}
