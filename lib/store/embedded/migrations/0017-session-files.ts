/** Files that outlive runs. The bytes are last, so that a row can be counted without them. */
export const sessionFiles = `
  CREATE TABLE session_files (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    owner TEXT NOT NULL,
    plan TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX session_files_of_owner ON session_files (owner, seq, size);
  CREATE INDEX session_files_of_session ON session_files (session);
  CREATE INDEX session_files_of_plan ON session_files (plan, seq, size);
  CREATE INDEX session_files_expiring ON session_files (expires_at);
`;
