/** Webhooks, and what they are told. Attempts are a JSON list. */
export const webhooks = `
  CREATE TABLE webhooks (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    url TEXT NOT NULL,
    sealed_secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX webhooks_of_user ON webhooks (user);
  CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    webhook INTEGER NOT NULL REFERENCES webhooks (seq) ON DELETE CASCADE,
    run TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    next_at INTEGER,
    expires_at INTEGER NOT NULL,
    attempts TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_of_webhook ON deliveries (webhook, created_at DESC, id DESC);
  CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX deliveries_expiring ON deliveries (expires_at);
`;
