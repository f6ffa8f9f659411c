import "../javascript/editor-language-service";
import { typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import type { EditorFile, Syntax } from "../editor";

/**
 * TypeScript's service for a language that is TypeScript with names of its own, and has its main file in the folder of its id: the others are
 * put beside it.
 */
export function serviceFor(id: string, types: string): Syntax {
  typescriptDefaults.addExtraLib(types, `file:///node_modules/@types/${id}/sketch.d.ts`);
  const known = new Map<string, { content: string; lib: { dispose(): void } }>();
  return {
    setFiles(files: readonly EditorFile[]) {
      const wanted = new Set(files.map(({ path }) => path));
      for (const [path, { lib }] of known) {
        if (wanted.has(path)) continue;
        lib.dispose();
        known.delete(path);
      }
      for (const { path, content } of files) {
        if (known.get(path)?.content === content) continue;
        known.set(path, { content, lib: typescriptDefaults.addExtraLib(content, `file:///${id}/${path}`) });
      }
    },
  };
}
