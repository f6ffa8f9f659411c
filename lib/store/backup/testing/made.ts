import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

export const HEADER = {
  version: "1.2.3",
  store: "embedded" as const,
  createdAt: "2026-11-28T00:00:00.000Z",
};
export const FIRST_LINE = { kind: "quicksand-backup", format: 1, ...HEADER };

/** A backup of these lines, whatever they are, with an end that fits. */
export function made(...lines: object[]): Buffer {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return gzipSync(`${text}${JSON.stringify({ kind: "end", records: {}, sha256 })}\n`);
}
