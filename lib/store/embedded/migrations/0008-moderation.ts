/**
 * Runs that were taken down, and the reports that viewers made of runs. `at` is when a case was opened, and once it is decided when that
 * was. What people wrote is JSON, because SQLite texts cannot hold every character.
 */
export const moderation = `
  ALTER TABLE runs ADD COLUMN takedown TEXT;

  CREATE TABLE report_cases (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    open INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    complaints TEXT NOT NULL,
    decision TEXT,
    decided_by TEXT
  ) STRICT;
  CREATE UNIQUE INDEX report_cases_open ON report_cases (run) WHERE open = 1;
  CREATE INDEX report_cases_of_run ON report_cases (run);
  CREATE INDEX report_cases_by_time ON report_cases (open, at DESC, id DESC);
`;
