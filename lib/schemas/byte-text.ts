/**
 * Bytes carried in a text without loss: valid UTF-8 is the text that it stands for, and each byte that is not is half of a surrogate pair,
 * U+DC80 to U+DCFF. What is typed into a terminal and what it prints travels like this, where everything else is text.
 */

const FIRST_ESCAPE = 0xdc00;
const ESCAPES = /[\uDC80-\uDCFF]/;
/** Half of a pair, without the other half. */
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export function textOfBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return escaped(bytes);
  }
}

/** Exactly the bytes that the text was made of. */
export function bytesOfText(text: string): Uint8Array {
  if (!ESCAPES.test(text)) return encoder.encode(text);
  const parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: Uint8Array) => {
    parts.push(part);
    size += part.length;
  };
  let from = 0;
  for (const { index } of text.matchAll(LONE)) {
    const unit = text.charCodeAt(index);
    if (unit < 0xdc80 || unit > 0xdcff) continue;
    add(encoder.encode(text.slice(from, index)));
    add(Uint8Array.of(unit - FIRST_ESCAPE));
    from = index + 1;
  }
  add(encoder.encode(text.slice(from)));
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** For people: what was not UTF-8 is U+FFFD. */
export function readableText(text: string): string {
  return text.replace(LONE, "\ufffd");
}

/** How many bytes at the end are the beginning of a character whose rest may still come. */
export function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** Length of the character that a byte begins; 1 for what begins none. */
function lengthOf(byte: number): number {
  if (byte >= 0xf0 && byte <= 0xf4) return 4;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
}

/** Character by character: one that is not valid is given up byte by byte. */
function escaped(bytes: Uint8Array): string {
  let text = "";
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] ?? 0);
    if (isCharacter(bytes.subarray(at, at + length), length)) {
      at += length;
      continue;
    }
    text += strict.decode(bytes.subarray(from, at)) + String.fromCharCode(FIRST_ESCAPE + (bytes[at] ?? 0));
    at += 1;
    from = at;
  }
  return text + strict.decode(bytes.subarray(from));
}

function isCharacter(bytes: Uint8Array, length: number): boolean {
  if (length === 1) return (bytes[0] ?? 0) < 0x80;
  if (bytes.length < length) return false;
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
