/**
 * Users with their identities, sessions and keys, and the audit log, which outlives them. `seq` joins the tables; everywhere else a user is
 * known by `id`. Names and details are JSON, because SQLite texts cannot hold every character.
 */
export const accounts = `
  CREATE TABLE users (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    password_hash TEXT,
    plan TEXT NOT NULL,
    admin INTEGER NOT NULL,
    suspended_at INTEGER,
    preferences TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER
  ) STRICT;
  CREATE INDEX users_by_time ON users (created_at DESC, id DESC);

  CREATE TABLE identities (
    seq INTEGER PRIMARY KEY,
    way TEXT NOT NULL,
    id TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    UNIQUE (way, id)
  ) STRICT;
  CREATE INDEX identities_of_user ON identities (user);

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_of_user ON sessions (user);
  CREATE INDEX sessions_expiring ON sessions (expires_at);

  CREATE TABLE keys (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER
  ) STRICT;
  CREATE INDEX keys_of_user ON keys (user, created_at DESC, id DESC);

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    actor TEXT,
    subject TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_time ON audit (at DESC, id DESC);
  CREATE INDEX audit_of_actor ON audit (actor, at DESC, id DESC) WHERE actor IS NOT NULL;
  CREATE INDEX audit_of_subject ON audit (subject, at DESC, id DESC) WHERE subject IS NOT NULL;
`;
