/** A key for the network that an account was made from, whose ceiling holds for it wherever it is used. */
export const networks = `
  ALTER TABLE users ADD COLUMN made_from TEXT;
`;
