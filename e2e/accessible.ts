import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What axe finds wrong with the page. Without its second page, which is for frames of other sites, of which there are none here, and without
 * the details of what is right: the two take half of the time.
 */
export async function accessViolations(page: Page) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  return (await axe.analyze()).violations;
}
