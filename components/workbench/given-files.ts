"use client";

import type { GivenFile } from "@/lib/client/opened-files";

/** More than any program has; a folder of them is not meant. */
const MAX_GIVEN = 500;

/** Files that were chosen in a file dialog. */
export function chosenFiles(files: FileList): GivenFile[] {
  return [...files].map((file) => toGiven(file.webkitRelativePath || file.name, file));
}

/**
 * Files and folders that were dropped. To be called while the event is handled, before anything is waited for: afterwards the browser has
 * forgotten them.
 */
export function droppedFiles(data: DataTransfer): Promise<GivenFile[]> {
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? []);
  // What was put together by a script or another program has files that lie in no folder.
  const alone = items.flatMap((item) => (item.webkitGetAsEntry() === null ? (item.getAsFile() ?? []) : []));
  return collect(entries).then((found) => [...found, ...alone.map((file) => toGiven(file.name, file))]);
}

async function collect(entries: readonly FileSystemEntry[]): Promise<GivenFile[]> {
  const found: GivenFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry && found.length < MAX_GIVEN; entry = waiting.shift()) {
    if (isFolder(entry)) waiting.push(...(await entriesOf(entry)));
    else if (isFile(entry)) found.push(toGiven(entry.fullPath.replace(/^\//, ""), await fileOf(entry)));
  }
  return found;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  // What is never part of a program need not be read, and may be large.
  return entry.isDirectory && !/^(\.git|node_modules|__pycache__|\.venv)$/.test(entry.name);
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder is listed in parts, until there is an empty one. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function toGiven(path: string, file: File): GivenFile {
  return { path, bytes: file.size, read: async () => new Uint8Array(await file.arrayBuffer()) };
}
