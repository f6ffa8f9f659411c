/** Rates and lock-outs, which outlive the process. */
export const counts = `
  CREATE TABLE counts (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX counts_expiring ON counts (expires_at);
`;
