/** Two-factor sign-in: the encrypted secret, the last time step that was used, and a JSON list of hashes of recovery codes. */
export const twoFactor = `
  CREATE TABLE two_factor (
    user INTEGER PRIMARY KEY REFERENCES users (seq) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    since INTEGER,
    last_step INTEGER NOT NULL,
    recovery TEXT NOT NULL
  ) STRICT;
`;
