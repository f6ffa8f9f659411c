/**
 * Text the picture's own font can draw: Latin letters, digits, signs. For any other character the renderer would ask a
 * font server on the internet, which a closed network does not reach and which has no business with anybody's code.
 */
export function toDrawableText(text: string): string {
  return text
    .replaceAll("\t", "    ")
    .normalize("NFC")
    .replace(/[^\x20-\x7e\u00a1-\u00ff]+/g, "·");
}
