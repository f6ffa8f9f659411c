import { MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import { type ArtifactArchive, MAX_ENTRIES, readArtifactArchive } from "./artifact-archive";
import type { Cell } from "./cell";
import type { RunArtifact } from "./sandbox";

/** Longest wait for the archive. The program has ended by then. */
const ARCHIVE_TIMEOUT_MS = 3_000;
/** The files, and what tar adds: a header for each, another header and a block for a long name, padding, and the end. */
const MAX_ARCHIVE_BYTES = MAX_ARTIFACTS_BYTES + MAX_ENTRIES * 1_536 + 20 * 1_024;
/** Files that a message names. */
const MAX_NAMED = 10;

/** The files that the program left in its output folder, and a message about those that were not taken. */
export async function takeArtifacts(
  cell: Cell,
): Promise<{ artifacts: readonly RunArtifact[]; message: string | null }> {
  const { bytes, complete } = await cell.archive(MAX_ARCHIVE_BYTES, ARCHIVE_TIMEOUT_MS);
  const archive = await readArtifactArchive(bytes);
  return { artifacts: archive.taken, message: notKept({ ...archive, cut: archive.cut || !complete }) };
}

function notKept({ refused, cut }: ArtifactArchive): string | null {
  if (refused.length === 0)
    return cut ? "The files in $OUTPUT_DIR could not all be read, so some were not kept." : null;
  const named = refused.slice(0, MAX_NAMED).map(({ name, reason }) => `"${name}" (${reason})`);
  const others = refused.length - named.length;
  const rest = [...(others > 0 ? [`${others} more`] : []), ...(cut ? ["what is larger"] : [])];
  const names = [named.join(", "), ...rest].join(", and ");
  const count = `${cut ? "More than " : ""}${refused.length.toLocaleString("en")} of the files`;
  return `${count} in $OUTPUT_DIR ${!cut && refused.length === 1 ? "was" : "were"} not kept: ${names}.`;
}
