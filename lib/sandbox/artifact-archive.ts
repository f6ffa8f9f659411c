import { type Extract, extract, type Header } from "tar-stream";
import { MAX_ARTIFACTS, MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import { artifactType } from "./artifact-type";
import type { RunArtifact } from "./sandbox";

/** Entries of an archive that are looked at; a program may leave any number of links and folders. */
export const MAX_ENTRIES = 1_000;

/** Why a file was not taken, as it is said to people. */
const REASONS = {
  link: "a link",
  folder: "a folder",
  special: "not a plain file",
  encoding: "its name is not UTF-8",
  path: "its name means a path",
  characters: "its name has control characters",
  count: `a run keeps ${MAX_ARTIFACTS} files`,
  bytes: `a run keeps ${MAX_ARTIFACTS_BYTES / 1_048_576} MB`,
  broken: "it could not be read",
} as const;

type Reason = keyof typeof REASONS;

/** A file that was not taken. Its name has only characters that can be shown. */
export interface Refused {
  name: string;
  reason: (typeof REASONS)[Reason];
}

export interface ArtifactArchive {
  taken: RunArtifact[];
  refused: Refused[];
  /** Whether the archive goes on, or should, after what was read. */
  cut: boolean;
}

type Entry = Extract extends AsyncIterable<infer T> ? T : never;

/** One character for each byte of a name: whether they are UTF-8 is decided here. The declared type lacks the option. */
const RAW_NAMES: Parameters<typeof extract>[0] & { filenameEncoding: "latin1" } = {
  filenameEncoding: "latin1",
};

/**
 * The files of a tar that a sandbox sent, or of its beginning. Only plain files at the top are taken; nothing is ever
 * written to a disk of ours under their names. What is not an archive, or breaks off, gives what came before.
 */
export async function readArtifactArchive(archive: Buffer): Promise<ArtifactArchive> {
  const read: ArtifactArchive = { taken: [], refused: [], cut: false };
  const tar = extract(RAW_NAMES);
  tar.end(archive);
  try {
    for await (const entry of tar) {
      if (read.taken.length + read.refused.length === MAX_ENTRIES) return { ...read, cut: true };
      const file = await readEntry(entry, read.taken);
      if (file && "reason" in file) read.refused.push(file);
      else if (file) read.taken.push(file);
    }
    return read;
  } catch {
    return { ...read, cut: true };
  }
}

/** A file that was taken, or refused; `null` for the folder that is being read. */
async function readEntry(entry: Entry, taken: readonly RunArtifact[]): Promise<RunArtifact | Refused | null> {
  const { name, problem, shown } = nameOf(entry.header);
  const content = problem ?? (await contentOf(entry, taken));
  // The next entry comes only when this one has been read to its end.
  entry.resume();
  if (shown === "") return null;
  if (typeof content === "string") return { name: shown, reason: REASONS[content] };
  return { name, type: artifactType(name, content), bytes: content };
}

/** The bytes of a file, or why it is not taken. */
async function contentOf(entry: Entry, taken: readonly RunArtifact[]): Promise<Buffer | Reason> {
  const { type, linkname, size } = entry.header;
  // A second name of a file is said as a link to its first.
  const twin = type === "link" ? taken.find(({ name }) => name === plainName(utf8(linkname) ?? "")) : null;
  if (type === "directory") return "folder";
  if (type === "symlink" || (type === "link" && !twin)) return "link";
  if (type !== "file" && !twin) return "special";
  if (taken.length === MAX_ARTIFACTS) return "count";
  const left = MAX_ARTIFACTS_BYTES - taken.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if ((twin?.bytes.length ?? size) > left) return "bytes";
  if (twin) return twin.bytes;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of entry) chunks.push(chunk as Buffer);
  } catch {
    return "broken";
  }
  return Buffer.concat(chunks);
}

/** Control characters, separators of lines, and what turns the direction of the text around it. */
const NOT_SHOWN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;
const SHOWN_CHARS = 60;

interface Name {
  name: string;
  /** Why a file cannot be kept under it. */
  problem: Reason | null;
  /** As it can stand in a message; empty for the folder that is being read. */
  shown: string;
}

function nameOf(header: Header): Name {
  // A name from a pax header has been decoded already.
  const { path = null } = (header.pax ?? {}) as { path?: string };
  const text = path === null ? utf8(header.name) : path.includes("\ufffd") ? null : path;
  const name = plainName(text ?? header.name);
  if (text === null) return { name, problem: "encoding", shown: shortened(name.replace(/[^ -~]/g, hex)) };
  const shown = name.replace(NOT_SHOWN, escaped);
  const problem = name.includes("/") ? "path" : shown === name ? null : "characters";
  return { name, problem, shown: shortened(shown) };
}

function hex(byte: string): string {
  const code = byte.charCodeAt(0);
  return code > 0xff ? byte : `\\x${code.toString(16).padStart(2, "0")}`;
}

/** As JSON writes it, or by its number. */
function escaped(character: string): string {
  const json = JSON.stringify(character).slice(1, -1);
  return json === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : json;
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN_CHARS ? `${characters.slice(0, SHOWN_CHARS).join("")}…` : text;
}

/** Without the folder that is being read, and without the slash that some write after a folder's name. */
function plainName(name: string): string {
  return name.replace(/^\.(\/|$)/, "").replace(/\/$/, "");
}

/** The text of bytes that stand as one character each; `null` when they are not UTF-8. */
function utf8(bytes: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, "latin1"));
  } catch {
    return null;
  }
}
