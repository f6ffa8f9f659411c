import * as z from "zod";
import { AppError } from "../../errors";
import { deliveryAttemptSchema, deliveryStatusSchema } from "../../schemas/webhook";
import type { Delivery, DeliveryProgress, Webhook, WebhookStore } from "../webhooks";
import { isDuplicate, type MongoDatabase } from "./database";
import type { DeliveryRow, WebhookRow } from "./webhook-schemas";

const attemptsSchema = z.array(deliveryAttemptSchema);

export class MongoWebhooks implements WebhookStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  create({ id, owner, ...webhook }: Webhook, limit: number): Promise<boolean> {
    return this.#database.step(async (models) => {
      if (!(await models.users.exists({ _id: owner }))) return false;
      // A slot each, so that concurrent calls cannot make more than there may be.
      for (let slot = 0; slot < limit; slot++) {
        try {
          await models.webhooks.insertMany([{ _id: id, owner, slot, ...webhook }]);
          return true;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          const found = await models.webhooks.findById(id).lean();
          if (!found) continue;
          // The driver resends a write whose answer was lost.
          if (found.owner === owner && found.sealedSecret === webhook.sealedSecret && found.slot === slot)
            return true;
          throw new AppError("conflict", "There is a webhook of this id already.");
        }
      }
      return false;
    });
  }

  list(owner: string): Promise<Webhook[]> {
    return this.#database.step(async ({ webhooks }) => {
      const rows = await webhooks.find({ owner }).lean();
      return rows.map(webhookOf).sort((a, b) => order(a) - order(b) || a.id.localeCompare(b.id, "en"));
    });
  }

  remove(id: string, owner: string): Promise<boolean> {
    return this.#database.step(async ({ webhooks, deliveries }) => {
      const { deletedCount } = await webhooks.deleteOne({ _id: id, owner });
      if (deletedCount > 0) await deliveries.deleteMany({ webhook: id });
      return deletedCount > 0;
    });
  }

  addDelivery({ id, attempts, ...delivery }: Delivery): Promise<boolean> {
    return this.#database.step(async ({ webhooks, deliveries }) => {
      if (!(await webhooks.exists({ _id: delivery.webhook }))) return false;
      await deliveries.insertMany([{ _id: id, ...delivery, attempts: [...attempts] }]);
      return true;
    });
  }

  takeDue(now: Date, leaseUntil: Date): Promise<{ delivery: Delivery; webhook: Webhook } | null> {
    return this.#database.step(async ({ webhooks, deliveries }) => {
      for (;;) {
        const row = await deliveries
          .findOneAndUpdate(
            { nextAt: { $lte: now } },
            { $set: { nextAt: leaseUntil } },
            { returnDocument: "before" },
          )
          .sort({ nextAt: 1, _id: 1 })
          .lean();
        if (!row) return null;
        const webhook = await webhooks.findById(row.webhook).lean();
        if (webhook) return { delivery: deliveryOf(row), webhook: webhookOf(webhook) };
        // It was removed just before this was added.
        await deliveries.deleteOne({ _id: row._id });
      }
    });
  }

  async noteAttempt(id: string, { attempt, status, nextAt }: DeliveryProgress): Promise<void> {
    await this.#database.step(({ deliveries }) =>
      deliveries.updateOne({ _id: id }, { $set: { status, nextAt }, $push: { attempts: attempt } }),
    );
  }

  listDeliveries(webhook: string, owner: string, limit: number): Promise<Delivery[]> {
    return this.#database.step(async ({ webhooks, deliveries }) => {
      if (!(await webhooks.exists({ _id: webhook, owner }))) return [];
      const rows = await deliveries.find({ webhook }).sort({ createdAt: -1, _id: -1 }).limit(limit).lean();
      return rows.map(deliveryOf);
    });
  }
}

function order({ createdAt }: Webhook): number {
  return createdAt.getTime();
}

export function webhookOf({ _id: id, owner, url, sealedSecret, createdAt }: WebhookRow): Webhook {
  return { id, owner, url, sealedSecret, createdAt };
}

export function deliveryOf(row: DeliveryRow): Delivery {
  const { _id: id, webhook, run, body, createdAt, nextAt, expiresAt } = row;
  const status = deliveryStatusSchema.parse(row.status);
  return {
    id,
    webhook,
    run,
    body,
    status,
    createdAt,
    nextAt,
    expiresAt,
    attempts: attemptsSchema.parse(row.attempts),
  };
}
