/** While a run is running: a JSON list of the other accounts that it was counted for, which get their charge back, too. */
export const ceilings = `
  ALTER TABLE runs ADD COLUMN ceilings TEXT;
`;
