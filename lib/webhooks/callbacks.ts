import { createHmac, hkdfSync } from "node:crypto";
import type { Viewer } from "../auth/viewer";
import type { Logger } from "../log";
import { isPrivateHost } from "./public-address";
import { send } from "./send";

/** Seconds from one attempt to the next: five in all, the last one 36 minutes after the first. */
const RETRY_AFTER_S = [5, 60, 300, 1_800] as const;
/** Callbacks that are not done with, of all accounts and of one. Each is only an address and a question. */
const MAX_HELD = 1_000;
const MAX_HELD_OF_ACCOUNT = 20;
/** Sent at once, of all accounts and of one, whose addresses may be slow to answer. */
const AT_ONCE = 8;
const AT_ONCE_OF_ACCOUNT = 4;

/** `id` is by whose secret it is signed. Guests have a new one without their cookie, so that counting is by `account`. */
type Owner = Pick<Viewer, "id" | "account">;

/**
 * Addresses that are named with one request and told once, when what was requested is there, as other services' APIs have it. They wait in
 * memory: what is not delivered when the server stops is not delivered.
 */
export interface Callbacks {
  /** By which an owner's callbacks are signed: always the same for one owner, and another for everybody else. */
  secretOf(owner: string): string;
  /** Why an address would never be told, in words; `null` where it may be. What its name leads to is only known when it is. */
  problem(url: string): string | null;
  /**
   * Puts JSON there, soon and again until it is taken. `body` is asked before each attempt, and kept until then: it should hold nothing large.
   * `null` is that there is nothing to tell any more. Where an account has too many, or all have, the oldest that waits for another attempt is
   * given up for a new one; a new one where none does.
   */
  put(owner: Owner, url: string, body: () => Promise<string | null>): void;
  close(): Promise<void>;
}

export interface CallbacksOptions {
  /** The server's. */
  secret: string;
  /** Addresses of this machine and its network may be told, too. */
  allowPrivate: boolean;
  log: Logger;
  retryAfterS?: readonly number[];
}

interface Callback {
  owner: Owner;
  url: string;
  body: () => Promise<string | null>;
  /** Attempts that failed. */
  tried: number;
  /** Until its next attempt; `null` when that is due or made. */
  timer: NodeJS.Timeout | null;
}

export function createCallbacks(options: CallbacksOptions): Callbacks {
  const { allowPrivate, log, retryAfterS = RETRY_AFTER_S } = options;
  const key = Buffer.from(hkdfSync("sha256", options.secret, "", "quicksand callbacks", 32));
  const closing = new AbortController();
  /** The oldest first, also those that are due or sent. */
  const held = new Set<Callback>();
  const due = new Set<Callback>();
  const sending = new Map<Callback, Promise<void>>();

  const secretOf = (owner: string) => createHmac("sha256", key).update(owner).digest("hex");
  const isOf =
    ({ account }: Owner) =>
    ({ owner }: Callback): boolean =>
      owner.account === account;

  function put(owner: Owner, url: string, body: () => Promise<string | null>): void {
    if (closing.signal.aborted) return;
    const own = [...held].filter(isOf(owner));
    if (!makeRoom(own, MAX_HELD_OF_ACCOUNT) || !makeRoom([...held], MAX_HELD)) {
      log.info({ problem: "too many callbacks wait", attempts: 0 }, "gave up a callback");
      return;
    }
    const callback = { owner, url, body, tried: 0, timer: null };
    held.add(callback);
    due.add(callback);
    sendDue();
  }

  /** Whether one more has its place among these. */
  function makeRoom(among: readonly Callback[], most: number): boolean {
    if (among.length < most) return true;
    const oldest = among.find(({ timer }) => timer !== null);
    if (!oldest) return false;
    clearTimeout(oldest.timer ?? undefined);
    held.delete(oldest);
    log.info({ problem: "newer ones need its place", attempts: oldest.tried }, "gave up a callback");
    return true;
  }

  function sendDue(): void {
    for (const callback of due) {
      if (sending.size >= AT_ONCE || closing.signal.aborted) return;
      if ([...sending.keys()].filter(isOf(callback.owner)).length >= AT_ONCE_OF_ACCOUNT) continue;
      due.delete(callback);
      const work = attempt(callback).finally(() => {
        sending.delete(callback);
        if (callback.timer === null) held.delete(callback);
        sendDue();
      });
      sending.set(callback, work);
    }
  }

  /** Sets its timer where it is to be tried again. */
  async function attempt(callback: Callback): Promise<void> {
    const { owner, url, body, tried } = callback;
    const text = await body().catch((error: unknown) => {
      log.warn({ err: error }, "could not read what a callback is to be told");
      return null;
    });
    if (text === null || closing.signal.aborted) return;
    const signature = createHmac("sha256", secretOf(owner.id)).update(text).digest("hex");
    const headers = { "x-quicksand-signature": `sha256=${signature}` };
    const outgoing = { method: "PUT", url, headers, body: text } as const;
    const { problem } = await send(outgoing, { allowPrivate, signal: closing.signal }, new Date());
    const waitS = retryAfterS[tried];
    if (problem === null || closing.signal.aborted) return;
    if (waitS === undefined) {
      log.info({ problem, attempts: tried + 1 }, "gave up a callback");
      return;
    }
    callback.tried += 1;
    callback.timer = setTimeout(() => {
      callback.timer = null;
      due.add(callback);
      sendDue();
    }, waitS * 1_000).unref();
  }

  return {
    secretOf,

    problem(url) {
      if (!URL.canParse(url)) return "is not a URL";
      const { protocol, hostname } = new URL(url);
      if (protocol !== "http:" && protocol !== "https:") return "must begin with https:// or http://";
      return !allowPrivate && isPrivateHost(hostname) ? "must be an address of the public internet" : null;
    },

    put,

    async close() {
      closing.abort();
      for (const { timer } of held) clearTimeout(timer ?? undefined);
      await Promise.all(sending.values());
    },
  };
}
