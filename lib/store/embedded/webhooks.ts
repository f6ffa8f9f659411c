import * as z from "zod";
import { AppError } from "../../errors";
import { deliveryAttemptSchema, deliveryStatusSchema } from "../../schemas/webhook";
import type { Delivery, DeliveryProgress, Webhook, WebhookStore } from "../webhooks";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { amountRow, date, json, seqRow } from "./rows";

export const webhookRow = z.object({
  id: z.string(),
  owner: z.string(),
  url: json(z.string()),
  sealedSecret: z.string(),
  createdAt: date,
});
export const deliveryRow = z.object({
  id: z.string(),
  webhook: z.string(),
  run: z.string(),
  body: json(z.string()),
  status: deliveryStatusSchema,
  createdAt: date,
  nextAt: date.nullable(),
  expiresAt: date,
  attempts: json(z.array(deliveryAttemptSchema)),
});

export const SELECT_WEBHOOK = `SELECT webhooks.id, users.id AS owner, url, sealed_secret AS sealedSecret,
    webhooks.created_at AS createdAt
  FROM webhooks JOIN users ON users.seq = webhooks.user`;
export const SELECT_DELIVERY = `SELECT deliveries.id, webhooks.id AS webhook, run, body, status, deliveries.created_at AS createdAt,
    next_at AS nextAt, expires_at AS expiresAt, attempts
  FROM deliveries JOIN webhooks ON webhooks.seq = deliveries.webhook`;

export class EmbeddedWebhooks implements WebhookStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async create({ id, owner, url, sealedSecret, createdAt }: Webhook, limit: number): Promise<boolean> {
    return this.#database.transaction(() => {
      const user = this.#database.get(seqRow, "SELECT seq FROM users WHERE id = ?", owner);
      if (!user) return false;
      const count = "SELECT count(*) AS amount FROM webhooks WHERE user = ?";
      if ((this.#database.get(amountRow, count, user.seq)?.amount ?? 0) >= limit) return false;
      const inserted = this.#database.run(
        "INSERT INTO webhooks (id, user, url, sealed_secret, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        user.seq,
        JSON.stringify(url),
        sealedSecret,
        createdAt.getTime(),
      );
      if (inserted === 0) throw new AppError("conflict", "There is a webhook of this id already.");
      return true;
    });
  }

  async list(owner: string): Promise<Webhook[]> {
    const sql = `${SELECT_WEBHOOK} WHERE users.id = ? ORDER BY webhooks.created_at, webhooks.id`;
    return this.#database.all(webhookRow, sql, owner);
  }

  async remove(id: string, owner: string): Promise<boolean> {
    const sql = "DELETE FROM webhooks WHERE id = ? AND user = (SELECT seq FROM users WHERE id = ?)";
    const removed = this.#database.removal(() => this.#database.run(sql, id, owner)) > 0;
    if (removed) await this.#database.tidy();
    return removed;
  }

  addDelivery(delivery: Delivery): Promise<boolean> {
    const { id, webhook, run, body, status, createdAt, nextAt, expiresAt, attempts } = delivery;
    return this.#database.groupCommit(
      () =>
        this.#database.run(
          `INSERT INTO deliveries (id, webhook, run, body, status, created_at, next_at, expires_at, attempts)
         SELECT ?, seq, ?, ?, ?, ?, ?, ?, ? FROM webhooks WHERE id = ?`,
          id,
          run,
          JSON.stringify(body),
          status,
          createdAt.getTime(),
          nextAt?.getTime() ?? null,
          expiresAt.getTime(),
          JSON.stringify(attempts),
          webhook,
        ) > 0,
    );
  }

  async takeDue(now: Date, leaseUntil: Date): Promise<{ delivery: Delivery; webhook: Webhook } | null> {
    const due = `${SELECT_DELIVERY} WHERE next_at <= ? ORDER BY next_at, deliveries.id LIMIT 1`;
    // Mostly there is nothing, and to find that out nothing is locked.
    if (!this.#database.get(deliveryRow, due, now.getTime())) return null;
    return this.#database.transaction(() => {
      const delivery = this.#database.get(deliveryRow, due, now.getTime());
      const webhook =
        delivery &&
        this.#database.get(webhookRow, `${SELECT_WEBHOOK} WHERE webhooks.id = ?`, delivery.webhook);
      if (!delivery || !webhook) return null;
      const lease = "UPDATE deliveries SET next_at = ? WHERE id = ?";
      this.#database.run(lease, leaseUntil.getTime(), delivery.id);
      return { delivery, webhook };
    });
  }

  async noteAttempt(id: string, { attempt, status, nextAt }: DeliveryProgress): Promise<void> {
    await this.#database.groupCommit(() =>
      this.#database.run(
        `UPDATE deliveries SET status = ?, next_at = ?, attempts = json_insert(attempts, '$[#]', json(?)) WHERE id = ?`,
        status,
        nextAt?.getTime() ?? null,
        JSON.stringify(attempt),
        id,
      ),
    );
  }

  async listDeliveries(webhook: string, owner: string, limit: number): Promise<Delivery[]> {
    const sql = `${SELECT_DELIVERY} JOIN users ON users.seq = webhooks.user
      WHERE webhooks.id = ? AND users.id = ? ORDER BY deliveries.created_at DESC, deliveries.id DESC LIMIT ?`;
    return this.#database.all(deliveryRow, sql, webhook, owner, limit);
  }
}

export function pruneDeliveries(database: EmbeddedDatabase, now: Date): Promise<number> {
  const some = "SELECT id FROM deliveries WHERE expires_at <= ? LIMIT ?";
  return untilNone(() =>
    database.run(`DELETE FROM deliveries WHERE id IN (${some})`, now.getTime(), BATCH_ROWS),
  );
}
