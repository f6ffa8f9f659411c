import * as z from "zod";
import { createdWebhookSchema, deliverySchema, newWebhookSchema, webhookSchema } from "../webhook";
import { ADDRESSES } from "./addresses";
import type { Endpoint } from "./endpoint";

/** Addresses that are told of runs, for their owner. */
export const webhooksEndpoints = {
  listWebhooks: {
    ...ADDRESSES.listWebhooks,
    access: "user",
    scope: null,
    summary: "The viewer's webhooks, without their secrets",
    response: z.object({ webhooks: z.array(webhookSchema) }),
  },
  createWebhook: {
    ...ADDRESSES.createWebhook,
    access: "user",
    scope: null,
    summary:
      "Have an address told when runs end that nobody waits for; its secret is shown in this answer only",
    body: newWebhookSchema,
    response: createdWebhookSchema,
    status: 201,
    errors: ["conflict"],
  },
  deleteWebhook: {
    ...ADDRESSES.deleteWebhook,
    access: "user",
    scope: null,
    summary: "Remove a webhook, with what it was and is to be told",
    response: z.object({ deleted: z.literal(true) }),
  },
  webhookDeliveries: {
    ...ADDRESSES.webhookDeliveries,
    access: "user",
    scope: null,
    summary: "What a webhook was told in the last 7 days, and how each attempt went; the newest 50",
    response: z.object({ deliveries: z.array(deliverySchema) }),
  },
} as const satisfies Record<string, Endpoint>;
