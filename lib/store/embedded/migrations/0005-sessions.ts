/**
 * Where a session is used from and when its password was last given, whether an e-mail address is proven, and the single-use links that
 * are sent by mail. Sessions of before have not had their password given lately, as far as is known.
 */
export const sessions = `
  ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0;
  UPDATE sessions SET last_seen_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;

  ALTER TABLE users ADD COLUMN email_proven_at INTEGER;

  CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tokens_of_user ON tokens (user);
  CREATE INDEX tokens_expiring ON tokens (expires_at);
`;
