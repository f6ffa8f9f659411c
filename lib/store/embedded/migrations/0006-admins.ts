/** An index of the few users who are admins: whether one is the last is asked inside the transaction that demotes or deletes them. */
export const admins = `
  CREATE INDEX users_admins ON users (id) WHERE admin = 1;
`;
