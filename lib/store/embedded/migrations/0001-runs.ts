/**
 * Runs with their parts and files, and the counters of runs per day. Everything large is in tables of its own, so that the pages of `runs`
 * hold only what the list shows. `seq` joins the tables because it is small; everywhere else a run is known by its `id`.
 */
export const runs = `
  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    title TEXT,
    preview TEXT NOT NULL,
    visibility TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    plan TEXT NOT NULL,
    image TEXT,
    instance TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    expires_at INTEGER,
    duration_ms REAL,
    memory_used INTEGER,
    exit_code INTEGER
  ) STRICT;
  CREATE INDEX runs_of_owner ON runs (owner, created_at DESC, id DESC);
  CREATE INDEX runs_of_language ON runs (owner, language, created_at DESC, id DESC);
  CREATE INDEX runs_of_status ON runs (owner, status, created_at DESC, id DESC);
  CREATE INDEX runs_pinned ON runs (owner, created_at DESC, id DESC) WHERE pinned = 1;
  CREATE INDEX runs_running ON runs (seq) WHERE status = 'running';
  CREATE INDEX runs_expiring ON runs (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE run_requests (
    run INTEGER PRIMARY KEY REFERENCES runs (seq) ON DELETE CASCADE,
    request TEXT NOT NULL,
    limits TEXT
  ) STRICT;
  CREATE TABLE run_results (
    run INTEGER PRIMARY KEY REFERENCES runs (seq) ON DELETE CASCADE,
    result TEXT NOT NULL
  ) STRICT;
  CREATE TABLE run_search (
    run INTEGER PRIMARY KEY REFERENCES runs (seq) ON DELETE CASCADE,
    text TEXT NOT NULL
  ) STRICT;
  CREATE TABLE artifacts (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (run, name)
  ) STRICT;

  CREATE TABLE usage (
    owner TEXT NOT NULL,
    day TEXT NOT NULL,
    runs INTEGER NOT NULL,
    PRIMARY KEY (owner, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usage_of_day ON usage (day);
`;
