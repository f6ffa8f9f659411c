import { nanoid } from "nanoid";
import type { Viewer } from "../auth/viewer";
import { AppError, notFound } from "../errors";
import type { Logger } from "../log";
import { MAX_WEBHOOKS } from "../schemas/limits";
import type { RunResult } from "../schemas/run";
import type { DeliveryView, WebhookPayload, WebhookView } from "../schemas/webhook";
import type { Delivery, Webhook, WebhookStore } from "../store/webhooks";
import { Deliverer } from "./deliverer";
import { createSecretBox } from "./sealed-secret";
import { newSecret } from "./signature";

export { type Callbacks, createCallbacks } from "./callbacks";

/** How long a delivery is shown after it was made. */
const KEPT_MS = 7 * 86_400_000;
const SHOWN_DELIVERIES = 50;

export interface WebhooksOptions {
  store: WebhookStore;
  /** The server's, by which the webhooks' own are encrypted. */
  secret: string;
  /** Addresses of this machine and its network may be told, too. */
  allowPrivate: boolean;
  log: Logger;
  clock?: () => Date;
}

/** What is told of a run. */
export type EndedRun = Pick<RunResult, "id" | "language" | "status" | "durationMs" | "output">;

/** Addresses that are told when a run has ended, each its owner's. */
export interface Webhooks {
  list(owner: string): Promise<WebhookView[]>;
  /** The only time the secret is returned. Throws `conflict` at `MAX_WEBHOOKS`. */
  create(owner: string, url: string): Promise<WebhookView & { secret: string }>;
  remove(owner: string, id: string): Promise<void>;
  /** The newest deliveries of a webhook. */
  deliveries(owner: string, id: string): Promise<DeliveryView[]>;
  /** Tells a viewer's webhooks of the end of a run. Never rejects. A guest has none. */
  runEnded(viewer: Viewer, run: EndedRun): Promise<void>;
  /** Tries what is due now; answers how many deliveries that were. Goes on by itself after `begin`. */
  deliverDue(): Promise<number>;
  begin(): void;
  close(): Promise<void>;
}

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { store, secret, allowPrivate, log, clock = () => new Date() } = options;
  const box = createSecretBox(secret);
  const deliverer = new Deliverer({ store, box, allowPrivate, log, clock });

  async function tell(webhook: Webhook, result: EndedRun): Promise<void> {
    const now = clock();
    await store.addDelivery({
      ...{ id: `msg_${nanoid()}`, webhook: webhook.id, run: result.id, status: "pending", attempts: [] },
      body: JSON.stringify(payloadOf(result, now)),
      ...{ createdAt: now, nextAt: now, expiresAt: new Date(now.getTime() + KEPT_MS) },
    });
  }

  return {
    list: async (owner) => (await store.list(owner)).map(webhookView),

    async create(owner, url) {
      const id = nanoid();
      const plain = newSecret();
      const webhook = { id, owner, url, sealedSecret: box.seal(id, plain), createdAt: clock() };
      if (!(await store.create(webhook, MAX_WEBHOOKS))) {
        const message = `There are ${MAX_WEBHOOKS} webhooks, the most there may be; remove one first.`;
        throw new AppError("conflict", message);
      }
      return { ...webhookView(webhook), secret: plain };
    },

    async remove(owner, id) {
      if (!(await store.remove(id, owner))) throw notFound("webhook");
    },

    async deliveries(owner, id) {
      if (!(await store.list(owner)).some((webhook) => webhook.id === id)) throw notFound("webhook");
      return (await store.listDeliveries(id, owner, SHOWN_DELIVERIES)).map(deliveryView);
    },

    async runEnded(viewer, result) {
      try {
        const webhooks = await store.list(viewer.id);
        for (const webhook of webhooks) await tell(webhook, result);
        if (webhooks.length > 0) deliverer.wake();
      } catch (error) {
        log.error({ err: error, run: result.id }, "could not note that webhooks are to be told of a run");
      }
    },

    deliverDue: () => deliverer.deliverDue(),
    begin: () => deliverer.begin(),
    close: () => deliverer.close(),
  };
}

function payloadOf(result: EndedRun, at: Date): WebhookPayload {
  const { id, language, status, durationMs, output } = result;
  return {
    type: "run.finished",
    timestamp: at.toISOString(),
    data: {
      ...{ id, language, status, exitCode: output.exitCode, durationMs },
      links: { self: `/api/runs/${id}` },
    },
  };
}

function webhookView({ id, url, createdAt }: Webhook): WebhookView {
  return { id, url, createdAt: createdAt.toISOString() };
}

function deliveryView({ id, run, status, createdAt, nextAt, attempts }: Delivery): DeliveryView {
  return {
    ...{ id, run, status, attempts: [...attempts] },
    createdAt: createdAt.toISOString(),
    nextAt: nextAt?.toISOString() ?? null,
  };
}
