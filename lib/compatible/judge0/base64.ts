/** As Ruby's `encode64` writes it, which Judge0's clients know: a line end after every 60 characters and at the end. */
export function encode64(bytes: Uint8Array | string): string {
  const plain = Buffer.from(bytes).toString("base64");
  return plain.replace(/.{1,60}/g, "$&\n");
}

/** The text that base64 stands for; `null` where it is not UTF-8. What is no character of base64 is skipped, as Ruby's `decode64` does. */
export function decode64(text: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, "base64"));
  } catch {
    return null;
  }
}
