import type { RunFile } from "../schemas/run";

/** Has the browser download something under a name. */
export function saveFile(name: string, content: BlobPart, type = "text/plain;charset=utf-8"): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Downloads a program: its one file as it is, or several as a zip. */
export async function saveProgram(name: string, main: RunFile, others: readonly RunFile[]): Promise<void> {
  if (others.length === 0) {
    saveFile(main.path, main.content);
    return;
  }
  const { zipSync, strToU8 } = await import("fflate");
  const entries = [main, ...others].map(({ path, content }) => [path, strToU8(content)] as const);
  // Of its own buffer: the type of a view allows for a shared one, which no Blob takes.
  saveFile(`${name}.zip`, new Uint8Array(zipSync(Object.fromEntries(entries))), "application/zip");
}
