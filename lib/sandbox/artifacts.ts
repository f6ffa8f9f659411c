import { MAX_ARTIFACTS, MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import type { Cell } from "./cell";
import type { RunArtifact } from "./sandbox";

/** Longest an archive may take to come: the program's time is over by then. */
const ARCHIVE_TIMEOUT_MS = 3_000;

const BLOCK = 512;
/** The files, with a header and padding each, and some for folders and the archive's end. */
const MAX_ARCHIVE_BYTES = MAX_ARTIFACTS_BYTES + 64 * BLOCK + 20 * 1024;

/** The files that the program left, and words for those that could not be taken. */
export async function takeArtifacts(
  cell: Cell,
): Promise<{ artifacts: readonly RunArtifact[]; message: string | null }> {
  const limits = `at most ${MAX_ARTIFACTS} plain files, ${MAX_ARTIFACTS_BYTES / 1_048_576} MB in all, directly in $OUTPUT_DIR`;
  const archive = await cell.archive(MAX_ARCHIVE_BYTES, ARCHIVE_TIMEOUT_MS);
  if (!archive)
    return {
      artifacts: [],
      message: `The files in $OUTPUT_DIR were not kept: they are too large (${limits}).`,
    };
  const { artifacts, left } = readArtifacts(archive);
  return {
    artifacts,
    message: left > 0 ? `${left} of the files in $OUTPUT_DIR were not kept (${limits}).` : null,
  };
}

/**
 * The files of a tar that a sandbox sent. Only plain files at the top are taken: no links, no devices, no folders, no name
 * that could mean a path. Nothing is ever written to a disk of ours by these names. `left` says how many were not taken.
 */
function readArtifacts(archive: Buffer): { artifacts: RunArtifact[]; left: number } {
  const artifacts: RunArtifact[] = [];
  let left = 0;
  let total = 0;
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = sizeOf(header);
    if (size === null) break;
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "5") continue;
    const name = nameOf(header);
    const plain = (type === "0" || type === "\0") && bytes.length === size;
    if (!plain || name === null || artifacts.length === MAX_ARTIFACTS || total + size > MAX_ARTIFACTS_BYTES) {
      left++;
      continue;
    }
    total += size;
    artifacts.push({ name, type: typeOf(name, bytes), bytes: Buffer.from(bytes) });
  }
  return { artifacts, left };
}

/** The size field: octal digits. Larger files than those can say are not taken, nor is what follows them. */
function sizeOf(header: Buffer): number | null {
  const digits = header.toString("latin1", 124, 136).replace(/[\0 ]+$/, "");
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** A name without folders, hidden files, control characters and what file systems or headers could misread. */
function nameOf(header: Buffer): string | null {
  const end = header.indexOf(0);
  const raw = header.subarray(0, end < 0 || end > 100 ? 100 : end).toString("utf8");
  const name = raw.replace(/^\.\//, "");
  return /^[\p{L}\p{N}_][\p{L}\p{N}_ .+@=()-]{0,99}$/u.test(name) ? name : null;
}

const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  md: "text/markdown",
  pdf: "application/pdf",
  svg: "image/svg+xml",
  txt: "text/plain",
};

/** An image only when its first bytes say so too: what is shown as one must be one. */
function typeOf(name: string, bytes: Buffer): string {
  const start = bytes.toString("latin1", 0, 12);
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(start)) return "image/gif";
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "image/webp";
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(TYPES, extension) ? (TYPES[extension] ?? "") : "application/octet-stream";
}
