/** Where the requests came from that the audit log tells of, and an index of its entries by kind. */
export const auditOrigin = `
  ALTER TABLE audit ADD COLUMN network TEXT;
  ALTER TABLE audit ADD COLUMN browser TEXT;
  CREATE INDEX audit_of_action ON audit (action, at DESC, id DESC);
`;
