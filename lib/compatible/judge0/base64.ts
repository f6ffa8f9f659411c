/** As Ruby's `encode64` writes it, which Judge0's clients know: a line end after every 60 characters and at the end. */
export function encode64(bytes: Uint8Array | string): string {
  const plain = Buffer.from(bytes).toString("base64");
  return plain.replace(/.{1,60}/g, "$&\n");
}

/** The most characters that so many bytes take in base64, with line ends of two characters after every 60. */
export function base64Chars(bytes: number): number {
  const chars = Math.ceil(bytes / 3) * 4;
  return chars + 2 * Math.ceil(chars / 60);
}

/** The text that base64 stands for; `null` where it is not UTF-8. What is no character of base64 is skipped, as Ruby's `decode64` does. */
export function decode64(text: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, "base64"));
  } catch {
    return null;
  }
}
