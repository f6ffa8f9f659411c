/** Accounts that wait for an admin's approval, and the code by which the first admin is made. */
export const signUp = `
  ALTER TABLE users ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX users_waiting ON users (created_at, id) WHERE waiting = 1;
  CREATE TABLE admin_code (hash TEXT NOT NULL) STRICT;
`;
