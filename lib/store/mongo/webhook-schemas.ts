import { type Connection, type Model, Schema } from "mongoose";
import type { DeliveryAttempt } from "../../schemas/webhook";
import { date, number, OPTIONS, text } from "./fields";

export interface WebhookRow {
  _id: string;
  owner: string;
  /** Its place among its owner's, of which there are as many as they may have. */
  slot: number;
  url: string;
  sealedSecret: string;
  createdAt: Date;
}

export interface DeliveryRow {
  _id: string;
  webhook: string;
  run: string;
  body: string;
  status: string;
  createdAt: Date;
  nextAt: Date | null;
  expiresAt: Date;
  attempts: DeliveryAttempt[];
}

const webhookSchema = new Schema<WebhookRow>(
  { _id: text, owner: text, slot: number, url: text, sealedSecret: text, createdAt: date },
  OPTIONS,
);
webhookSchema.index({ owner: 1, slot: 1 }, { unique: true });

const deliverySchema = new Schema<DeliveryRow>(
  {
    ...{ _id: text, webhook: text, run: text, body: text, status: text, createdAt: date },
    nextAt: { type: Date, default: null },
    expiresAt: date,
    attempts: [Schema.Types.Mixed],
  },
  OPTIONS,
);
deliverySchema.index({ webhook: 1, createdAt: 1, _id: 1 });
deliverySchema.index({ nextAt: 1, _id: 1 });
deliverySchema.index({ expiresAt: 1 });

export interface WebhookModels {
  webhooks: Model<WebhookRow>;
  deliveries: Model<DeliveryRow>;
}

export function webhookModelsOf(connection: Connection): WebhookModels {
  return {
    webhooks: connection.model<WebhookRow>("Webhook", webhookSchema, "webhooks"),
    deliveries: connection.model<DeliveryRow>("Delivery", deliverySchema, "deliveries"),
  };
}
