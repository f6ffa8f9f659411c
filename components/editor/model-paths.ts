import type * as Monaco from "monaco-editor/editor";
import { monaco } from "./monaco";

/** The editor's address of a language's program; its files are below. Language services resolve imports by it. */
export function rootOf(languageId: string): string {
  return `file:///${languageId}/`;
}

/** The path of a model within its program; `null` for a model of something else. */
export function pathIn(languageId: string, uri: Monaco.Uri): string | null {
  const root = rootOf(languageId);
  const whole = uri.toString(true);
  return whole.startsWith(root) ? whole.slice(root.length) : null;
}

/** The address of the model of one of a program's files. */
export function modelUri(languageId: string, path: string): Monaco.Uri {
  return monaco.Uri.from({ scheme: "file", path: `/${languageId}/${path}` });
}

/** The model of one of a program's files, if there is one. */
export function modelOf(languageId: string, path: string): Monaco.editor.ITextModel | null {
  return monaco.editor.getModel(modelUri(languageId, path));
}
