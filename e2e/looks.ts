import { expect, type Page } from "@playwright/test";
import { accessViolations } from "./accessible";

/** How pages are looked at and pictured: both themes, on a desktop and on a phone. */
const ALL_LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { name: "phone-dark", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

/** All of them in `npm run test:all`; in `npm test` each theme once and each width once … */
export const LOOKS = lookedAt("light", "phone-dark");

/** … or one of them, for pages that are made of the same parts as others. */
export function lookedAt(...sampled: (typeof ALL_LOOKS)[number]["name"][]) {
  return process.env.QUICKSAND_TEST_ALL ? ALL_LOOKS : ALL_LOOKS.filter(({ name }) => sampled.includes(name));
}

/** No axe violation, and nothing wider than the window. */
export async function expectClean(page: Page): Promise<void> {
  expect(await accessViolations(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}
