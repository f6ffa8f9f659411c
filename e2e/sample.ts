/** A test with this is for `npm run test:all` only; playwright.config.ts leaves it out of `npm test`. */
export const ALL_ONLY = { tag: "@all" };

/** For the tests of a matrix: `npm test` has those that are `sampled`, `npm run test:all` has all. */
export function matrix(sampled: boolean): { tag: string | string[] } {
  return sampled ? { tag: [] } : ALL_ONLY;
}
