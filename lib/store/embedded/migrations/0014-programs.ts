/**
 * People's programs. What they hold is in a table of its own, so that the pages of `programs` have only what the list shows. A run names the
 * program that it is of, which may be gone.
 */
export const programs = `
  CREATE TABLE programs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    title_source TEXT NOT NULL,
    revision INTEGER NOT NULL,
    plan TEXT NOT NULL,
    files INTEGER NOT NULL,
    tests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER
  ) STRICT;
  CREATE INDEX programs_of_owner ON programs (owner, updated_at DESC, id DESC);
  CREATE INDEX programs_of_language ON programs (owner, language, updated_at DESC, id DESC);
  CREATE INDEX programs_by_owner ON programs (owner, bytes);
  CREATE INDEX programs_of_plan ON programs (plan, updated_at, id, bytes);
  CREATE INDEX programs_expiring ON programs (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE program_contents (
    program INTEGER PRIMARY KEY REFERENCES programs (seq) ON DELETE CASCADE,
    content TEXT NOT NULL,
    texts BLOB,
    search TEXT NOT NULL
  ) STRICT;

  ALTER TABLE runs ADD COLUMN program TEXT;
  CREATE INDEX runs_of_program ON runs (owner, program, created_at DESC, id DESC) WHERE program IS NOT NULL;
`;
