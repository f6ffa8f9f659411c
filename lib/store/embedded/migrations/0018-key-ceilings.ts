/** What an API key may use a minute and a day, where that is less than its account may. */
export const keyCeilings = `
  ALTER TABLE keys ADD COLUMN requests_per_minute INTEGER;
  ALTER TABLE keys ADD COLUMN runs_per_day INTEGER;
`;
