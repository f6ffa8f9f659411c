/** An index of the few owners who have to be told of removals: there is a row for everybody who keeps a run. */
export const removals = `
  CREATE INDEX kept_removed ON kept (removed_at) WHERE removed_at IS NOT NULL;
`;
