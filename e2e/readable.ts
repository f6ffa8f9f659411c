import { expect, type Locator } from "@playwright/test";

interface Unreadable {
  text: string;
  color: string;
  background: string;
  contrast: number;
}

/** The contrast of normal text by WCAG 2.2 AA. */
const MIN_CONTRAST = 4.5;

/** Every text in the element has something opaque behind it, inside the element, and enough contrast to it. */
export async function expectReadable(widget: Locator): Promise<void> {
  await expect(widget).toBeVisible();
  // Widgets fade in.
  await expect.poll(() => unreadable(widget)).toEqual([]);
}

/** The first few texts in the element that cannot be read. */
export function unreadable(widget: Locator): Promise<Unreadable[]> {
  return widget.evaluate(unreadableTexts, MIN_CONTRAST);
}

/** Runs in the page, so it may use nothing of this module. Looks into shadow roots and never behind the element. */
function unreadableTexts(root: Element, minContrast: number): Unreadable[] {
  type Rgba = [red: number, green: number, blue: number, alpha: number];
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("There is no canvas to read colours with.");

  function parse(color: string): Rgba {
    context?.clearRect(0, 0, 1, 1);
    if (context) context.fillStyle = color;
    context?.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
    return [red, green, blue, alpha / 255];
  }
  function over([red, green, blue, alpha]: Rgba, below: Rgba): Rgba {
    const mix = (upper: number, lower: number) => upper * alpha + lower * (1 - alpha);
    return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), alpha + below[3] * (1 - alpha)];
  }
  function luminance([red, green, blue]: Rgba): number {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  const parentOf = (element: Element): Element | null =>
    element.parentElement ??
    (element.getRootNode() instanceof ShadowRoot ? (element.getRootNode() as ShadowRoot).host : null);

  /** What is behind a text, as far up as the widget. Transparent where nothing is. */
  function backgroundOf(element: Element): Rgba {
    const layers: Rgba[] = [];
    for (let at: Element | null = element; at; at = parentOf(at)) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
      if (at === root) break;
    }
    return layers.reduceRight<Rgba>((below, layer) => over(layer, below), [0, 0, 0, 0]);
  }

  const found: Unreadable[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? "";
    const element = node.parentElement;
    if (text === "" || !element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue;
    const { width, height } = element.getBoundingClientRect();
    if (width < 2 || height < 2) continue;
    const background = backgroundOf(element);
    const color = over(parse(getComputedStyle(element).color), background);
    const [lighter = 0, darker = 0] = [luminance(color), luminance(background)].sort((a, b) => b - a);
    const contrast = (lighter + 0.05) / (darker + 0.05);
    if (background[3] > 0.99 && contrast >= minContrast) continue;
    found.push({
      text: text.slice(0, 40),
      color: getComputedStyle(element).color,
      background: `rgba(${background.map((part) => Math.round(part * 100) / 100).join(", ")})`,
      contrast: Math.round(contrast * 10) / 10,
    });
  }
  return found.slice(0, 5);
}

/** The colours that a screenshot of the element really has, most frequent first, each with its share of the pixels. */
export async function pixelColors(element: Locator): Promise<{ color: string; share: number }[]> {
  const png = (await element.screenshot({ animations: "disabled" })).toString("base64");
  return element.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("There is no canvas to read pixels with.");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const color = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return [...counts]
      .map(([color, count]) => ({ color, share: count / (data.length / 4) }))
      .sort((a, b) => b.share - a.share)
      .slice(0, 10);
  }, png);
}
