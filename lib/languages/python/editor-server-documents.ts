import * as monaco from "monaco-editor/editor";
import type { Connection } from "./editor-server-connection";

/** The folder of the program in the server's file system. */
export const PROGRAM_ROOT = "file:///src/";

/** Longer texts are data that somebody has pasted; checking them would take all of a processor. */
const MAX_CHARS = 400_000;
/** Edits are sent together when typing pauses, or when something is asked. */
const SEND_AFTER_MS = 80;
const SOURCE = /\.pyi?$/;

/** The program's files as the server has them. */
export interface Documents {
  /** The server's name of a model; `null` when the server does not have it. */
  uriOf(model: monaco.editor.ITextModel): string | null;
  /** Sends what has changed. Before every question, so that it is answered for the text that is seen. */
  flush(): void;
  dispose(): void;
}

/** The editor's address of one of the server's files; `null` for those of the standard library. */
export function toEditor(uri: string, root: string): monaco.Uri | null {
  return uri.startsWith(PROGRAM_ROOT) ? monaco.Uri.parse(root + uri.slice(PROGRAM_ROOT.length)) : null;
}

/** Keeps the server's copies like the editor's models below `root`. */
export function openDocuments(connection: Connection, root: string): Documents {
  /** By the server's name, each with its last sent version. */
  const sent = new Map<string, { version: number; model: monaco.editor.ITextModel }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function uriOf(model: monaco.editor.ITextModel): string | null {
    const uri = model.uri.toString();
    if (model.isDisposed() || !uri.startsWith(root) || !SOURCE.test(uri)) return null;
    return model.getValueLength() > MAX_CHARS ? null : PROGRAM_ROOT + uri.slice(root.length);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const present = new Set<string>();
    for (const model of monaco.editor.getModels()) {
      const uri = uriOf(model);
      if (uri === null) continue;
      present.add(uri);
      const version = model.getVersionId();
      const known = sent.get(uri);
      if (known?.model === model && known.version === version) continue;
      const text = model.getValue(monaco.editor.EndOfLinePreference.LF);
      if (known) {
        // A model that was made anew counts its versions anew, too.
        const next = known.model === model ? version : known.version + 1;
        connection.notify("textDocument/didChange", {
          textDocument: { uri, version: next },
          contentChanges: [{ text }],
        });
      } else {
        // Pyright resolves imports in its file system, where the file must be; its text is the document's.
        connection.notify("pyright/createFile", { uri, kind: "create" });
        connection.notify("textDocument/didOpen", {
          textDocument: { uri, languageId: "python", version, text },
        });
      }
      sent.set(uri, { version, model });
    }
    for (const uri of [...sent.keys()].filter((known) => !present.has(known))) {
      sent.delete(uri);
      connection.notify("textDocument/didClose", { textDocument: { uri } });
      connection.notify("pyright/deleteFile", { uri, kind: "delete" });
    }
  }

  function flushSoon(): void {
    timer ??= setTimeout(flush, SEND_AFTER_MS);
  }

  const watched = new Map<monaco.editor.ITextModel, monaco.IDisposable>();
  function watch(model: monaco.editor.ITextModel): void {
    if (!model.uri.toString().startsWith(root)) return;
    watched.set(model, model.onDidChangeContent(flushSoon));
    flushSoon();
  }
  const listeners = [
    monaco.editor.onDidCreateModel(watch),
    monaco.editor.onWillDisposeModel((model) => {
      watched.get(model)?.dispose();
      watched.delete(model);
      flushSoon();
    }),
  ];
  for (const model of monaco.editor.getModels()) watch(model);
  flush();

  return {
    uriOf,
    flush,
    dispose() {
      clearTimeout(timer);
      for (const listener of [...listeners, ...watched.values()]) listener.dispose();
    },
  };
}
