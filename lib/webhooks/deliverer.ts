import type { Logger } from "../log";
import type { Delivery, DeliveryProgress, Webhook, WebhookStore } from "../store/webhooks";
import type { SecretBox } from "./sealed-secret";
import { send } from "./send";
import { signatureHeaders } from "./signature";

/** Seconds from one attempt to the next: ten attempts in all, the last one 23 hours and some minutes after the first. */
export const RETRY_AFTER_S = [5, 60, 300, 1_800, 3_600, 7_200, 14_400, 25_200, 30_600] as const;
/** How often is looked for what is due. */
const LOOK_EVERY_MS = 5_000;
/** Deliveries at once. */
const AT_ONCE = 8;
/** Longer than an attempt can take: a delivery whose process has died is taken by another one then. */
const LEASE_MS = 60_000;
/** Nothing that is sent could be checked by whoever gets it, and no later attempt would be better. */
const UNREADABLE_SECRET =
  "It was not sent: the server's secret has changed, and this webhook's own cannot be read. Remove the webhook and make it anew.";

export interface DelivererOptions {
  store: WebhookStore;
  box: SecretBox;
  allowPrivate: boolean;
  log: Logger;
  clock: () => Date;
}

/** Sends what is due, a few at a time, until it is delivered or given up. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<unknown> | undefined;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
  }

  /** Looks for what is due now, unless that is being done. */
  wake(): void {
    if (this.#timer === undefined || this.#looking) return;
    this.#looking = this.deliverDue()
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error }, "could not look for webhooks to be told; trying again");
      })
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async deliverDue(): Promise<number> {
    const counts = await Promise.all(Array.from({ length: AT_ONCE }, () => this.#deliverInTurn()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#closing.abort();
    await this.#looking;
  }

  async #deliverInTurn(): Promise<number> {
    const { store, clock } = this.#options;
    for (let delivered = 0; ; delivered++) {
      if (this.#closing.signal.aborted) return delivered;
      const now = clock();
      const due = await store.takeDue(now, new Date(now.getTime() + LEASE_MS));
      if (!due) return delivered;
      await this.#deliver(due.delivery, due.webhook);
    }
  }

  async #deliver(delivery: Delivery, webhook: Webhook): Promise<void> {
    const { store, box, allowPrivate, clock, log } = this.#options;
    const now = clock();
    const secret = box.open(webhook.id, webhook.sealedSecret);
    if (secret === null) {
      log.warn(
        { webhook: webhook.id },
        "a webhook cannot be told: its secret does not open with the server's",
      );
      const attempt = { at: now.toISOString(), httpStatus: null, problem: UNREADABLE_SECRET, durationMs: 0 };
      await store.noteAttempt(delivery.id, { attempt, status: "failed", nextAt: null });
      return;
    }
    const headers = signatureHeaders(secret, delivery.id, now, delivery.body);
    const { signal } = this.#closing;
    const outgoing = { url: webhook.url, headers, body: delivery.body };
    const attempt = await send(outgoing, { allowPrivate, signal }, now);
    // The server stops: this was no attempt. Its lease ends, and whoever is there then takes it.
    if (signal.aborted && attempt.problem !== null) return;
    const waitS = RETRY_AFTER_S[delivery.attempts.length];
    const next: Pick<DeliveryProgress, "status" | "nextAt"> =
      attempt.problem === null
        ? { status: "delivered", nextAt: null }
        : waitS === undefined
          ? { status: "failed", nextAt: null }
          : { status: "pending", nextAt: new Date(now.getTime() + waitS * 1_000) };
    await store.noteAttempt(delivery.id, { attempt, ...next });
  }
}
