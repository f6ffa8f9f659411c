"use client";

import type * as Monaco from "monaco-editor/editor";
import { useEffect } from "react";
import type { EditorFile } from "@/lib/languages/editor";
import { monaco } from "./monaco";

/** The editor's address of a language's program; its files are below. */
export function rootOf(languageId: string): string {
  return `file:///${languageId}/`;
}

/** The path of a model within its program; `null` for a model of something else. */
export function pathIn(languageId: string, uri: Monaco.Uri): string | null {
  const root = rootOf(languageId);
  const whole = uri.toString(true);
  return whole.startsWith(root) ? whole.slice(root.length) : null;
}

/** The model of one of a program's files, if there is one. */
export function modelOf(languageId: string, path: string): Monaco.editor.ITextModel | null {
  return monaco.editor.getModel(uriOf(languageId, path));
}

function uriOf(languageId: string, path: string): Monaco.Uri {
  return monaco.Uri.from({ scheme: "file", path: `/${languageId}/${path}` });
}

/**
 * Keeps a model for each file beside the main one: language services, completion and marks see a program's files as the editor's models. A
 * file that is open in an editor has its text from there. Not before the language is `known` to Monaco, which makes a language's services
 * when the first model has it, and later no more. `onEdit` is told of changes in files that no editor shows, as by a new name.
 */
export function useProgramModels(
  { id, editor, mainFile }: { id: string; editor: string; mainFile: string },
  files: readonly EditorFile[],
  known: boolean,
  onEdit: (path: string, content: string) => void,
): void {
  useEffect(() => {
    if (!known) return;
    for (const { path, content } of files) {
      const model = modelOf(id, path);
      if (model === null) {
        // Never guessed from the name, which would give a text a language that is not known yet.
        monaco.editor.createModel(content, isSource(editor, path) ? editor : "plaintext", uriOf(id, path));
      } else if (!model.isAttachedToEditor() && model.getValue() !== content) {
        model.setValue(content);
      }
    }
    const kept = new Set([mainFile, ...files.map(({ path }) => path)]);
    for (const model of monaco.editor.getModels()) {
      const path = pathIn(id, model.uri);
      if (path !== null && !kept.has(path) && !model.isAttachedToEditor()) model.dispose();
    }
    const listeners = files.map(({ path }) => {
      const model = modelOf(id, path);
      return model?.onDidChangeContent(() => {
        if (!model.isAttachedToEditor()) onEdit(path, model.getValue());
      });
    });
    return () => {
      for (const listener of listeners) listener?.dispose();
    };
  }, [id, editor, mainFile, files, known, onEdit]);
}

function isSource(monacoLanguage: string, path: string): boolean {
  const { extensions = [] } = monaco.languages.getLanguages().find(({ id }) => id === monacoLanguage) ?? {};
  return extensions.some((extension) => path.endsWith(extension));
}
