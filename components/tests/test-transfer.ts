import { MAX_IMPORT_BYTES, readTests, testsAsJson, testsAsZip } from "@/lib/client/test-files";
import { toast } from "@/lib/client/toast";
import type { RunTest } from "@/lib/schemas/run-test";

/** Files that can be chosen for an import. */
export const ACCEPTED = ".json,.zip,.in,.out,.ans,.txt";

/** Files that are looked at: a folder that was dropped by mistake can have thousands. */
const MAX_FILES = 400;
/** Problems that a message names. */
const MAX_NAMED = 3;

/** Reads test cases from files; a toast reports how many were read and what was left out. */
export async function importTests(files: readonly File[]): Promise<RunTest[]> {
  const read = await Promise.all(
    files.slice(0, MAX_FILES).map(async (file) => ({
      path: file.webkitRelativePath || file.name,
      // One that is too large is refused by its size, without being read.
      bytes: new Uint8Array(await file.slice(0, MAX_IMPORT_BYTES + 1).arrayBuffer()),
    })),
  ).catch(() => null);
  if (read === null) {
    toast("The files could not be read", {
      description: "They may have been changed or moved; choose them again.",
    });
    return [];
  }
  const { tests, problems } = readTests(read);
  const named = problems.slice(0, MAX_NAMED).join(" ");
  const more = problems.length - MAX_NAMED;
  const description = more > 0 ? `${named} And ${more} more.` : named;
  if (tests.length === 0) {
    toast("No tests were found", {
      description: description || "Import a JSON file, or pairs of .in and .out files.",
    });
  } else {
    const count = `${tests.length} ${tests.length === 1 ? "test" : "tests"} imported`;
    toast(count, problems.length === 0 ? {} : { description });
  }
  return tests;
}

export function exportJson(tests: readonly RunTest[]): void {
  save(testsAsJson(tests), "application/json", "tests.json");
}

export function exportZip(tests: readonly RunTest[]): void {
  save(new Uint8Array(testsAsZip(tests)), "application/zip", "tests.zip");
}

function save(content: BlobPart, type: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
