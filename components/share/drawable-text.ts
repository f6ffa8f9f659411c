/**
 * Replaces what the renderer's built-in font cannot draw. For other characters the renderer would fetch a font from the
 * internet, which a closed network does not reach and which would disclose the code.
 */
export function toDrawableText(text: string): string {
  return text
    .replaceAll("\t", "    ")
    .normalize("NFC")
    .replace(/[^\x20-\x7e\u00a1-\u00ff]+/g, "·");
}
