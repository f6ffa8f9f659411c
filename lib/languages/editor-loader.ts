import type { LanguageEditor } from "./editor";

/** The name of a folder: no dot or slash can lead out of this one. */
const ID = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Loads the browser's part of a language. The bundler makes a chunk for each folder that has an `editor.ts`, so a new language's is found
 * without being named here. Rejects for an id without one, and when the chunk cannot be fetched; may be asked again then.
 */
export async function loadEditor(id: string): Promise<LanguageEditor> {
  if (!ID.test(id)) throw new RangeError(`There is no language "${id}".`);
  const { editor }: { editor: LanguageEditor } = await import(`./${id}/editor.ts`);
  return editor;
}
