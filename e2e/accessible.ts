import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * What axe finds wrong with the page. In legacy mode it opens no second page, which it needs only to look into frames of other sites, so there
 * must be no frame; and it leaves out the details of what is right. It looks with reduced motion (the page stays so), in which our style sheet
 * ends every animation at once: what still fades in has too little contrast, though nobody has to read it then.
 */
export async function accessViolations(page: Page) {
  expect(page.frames(), "a frame would not be looked into").toHaveLength(1);
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  await page.emulateMedia({ reducedMotion: "reduce" });
  // A style counts from the frame after it.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  return (await axe.analyze()).violations;
}
