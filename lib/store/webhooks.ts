import type { DeliveryAttempt, DeliveryStatus } from "../schemas/webhook";

/** An address of a user's that is told of their runs. */
export interface Webhook {
  id: string;
  /** Id of a user. */
  owner: string;
  url: string;
  /** What deliveries are signed with, encrypted by the caller. */
  sealedSecret: string;
  createdAt: Date;
}

/** Something that a webhook is told, until it is delivered or given up. */
export interface Delivery {
  id: string;
  webhook: string;
  run: string;
  /** The body, as it is sent each time. */
  body: string;
  status: DeliveryStatus;
  createdAt: Date;
  /** When it is tried next; `null` when it is not any more. */
  nextAt: Date | null;
  /** When `prune` of the store may remove it. */
  expiresAt: Date;
  attempts: readonly DeliveryAttempt[];
}

/** How a delivery goes on after an attempt. */
export interface DeliveryProgress {
  attempt: DeliveryAttempt;
  status: DeliveryStatus;
  nextAt: Date | null;
}

/** Webhooks go with their owner, and deliveries with their webhook. */
export interface WebhookStore {
  /** `false` when the owner has `limit` already, or is deleted. Throws `conflict` when there is one of this id. */
  create(webhook: Webhook, limit: number): Promise<boolean>;
  /** The oldest first. */
  list(owner: string): Promise<Webhook[]>;
  remove(id: string, owner: string): Promise<boolean>;
  /** `false`, and nothing is done, for a webhook that is gone. */
  addDelivery(delivery: Delivery): Promise<boolean>;
  /**
   * Takes one delivery whose time has come, the longest due first: it is not due again before `leaseUntil`, for the case that whoever took
   * it dies. Of concurrent calls each takes another one. `null` when nothing is due.
   */
  takeDue(now: Date, leaseUntil: Date): Promise<{ delivery: Delivery; webhook: Webhook } | null>;
  /** Does nothing for a delivery that is gone. */
  noteAttempt(id: string, progress: DeliveryProgress): Promise<void>;
  /** The newest first. */
  listDeliveries(webhook: string, owner: string, limit: number): Promise<Delivery[]>;
}
