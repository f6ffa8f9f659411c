import * as z from "zod";
import { MAX_WEBHOOK_URL_CHARS } from "./limits";
import { RUN_STATUSES } from "./run-status";
import { text } from "./text";

/** An address that is told of runs. Whether it can be reached, and may, is found out when it is. */
export const webhookUrlSchema = text({ name: "url" })
  .transform((url) => url.trim())
  .superRefine((value, context) => {
    const problem = urlProblem(value);
    if (problem) context.addIssue({ code: "custom", message: `\`url\` ${problem}` });
  })
  .meta({ format: "uri", maxLength: MAX_WEBHOOK_URL_CHARS });

function urlProblem(value: string): string | null {
  if (value.length > MAX_WEBHOOK_URL_CHARS) {
    return `is ${value.length.toLocaleString("en")} characters long; the limit is ${MAX_WEBHOOK_URL_CHARS.toLocaleString("en")}.`;
  }
  if (!URL.canParse(value)) return "is no address; use one such as https://example.org/hook.";
  const { protocol, username, password } = new URL(value);
  if (protocol !== "https:" && protocol !== "http:") return "must begin with https:// or http://.";
  if (username !== "" || password !== "") return "has a name or a password in it; leave them out.";
  return null;
}

export const newWebhookSchema = z.object({ url: webhookUrlSchema });

export const webhookSchema = z.object({ id: z.string(), url: z.string(), createdAt: z.string() });
export type WebhookView = z.infer<typeof webhookSchema>;

/** The only answer with the secret: it is kept encrypted, and not shown again. */
export const createdWebhookSchema = webhookSchema.extend({ secret: z.string() });

/** `pending` is tried again at `nextAt`; `failed` is not any more. */
export const deliveryStatusSchema = z.enum(["pending", "delivered", "failed"]);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

export const deliveryAttemptSchema = z.object({
  at: z.string(),
  /** The HTTP status that the address answered; `null` without an answer. */
  httpStatus: z.number().int().nullable(),
  /** What went wrong; `null` for what was delivered. */
  problem: z.string().nullable(),
  durationMs: z.number(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;

export const deliverySchema = z.object({
  id: z.string(),
  /** The run that it tells of. */
  run: z.string(),
  status: deliveryStatusSchema,
  createdAt: z.string(),
  nextAt: z.string().nullable(),
  /** Oldest first. */
  attempts: z.array(deliveryAttemptSchema),
});
export type DeliveryView = z.infer<typeof deliverySchema>;

/** What is sent. The whole result is at `links.self`, for whoever has the right to it. */
export const webhookPayloadSchema = z.object({
  type: z.literal("run.finished"),
  timestamp: z.string(),
  data: z.object({
    id: z.string(),
    language: z.string(),
    status: z.enum(RUN_STATUSES),
    exitCode: z.number().int().nullable(),
    durationMs: z.number(),
    links: z.object({ self: z.string() }),
  }),
});
export type WebhookPayload = z.infer<typeof webhookPayloadSchema>;
