/** The account a running run is charged to, and indexes for the figures of all runs by hour. */
export const charges = `
  ALTER TABLE runs ADD COLUMN charged_to TEXT;
  UPDATE runs SET charged_to = owner WHERE status = 'running';
  CREATE INDEX runs_by_time ON runs (created_at);
  CREATE INDEX runs_failed ON runs (created_at) WHERE status = 'system_error';
`;
