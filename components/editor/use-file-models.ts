"use client";

import type * as Monaco from "monaco-editor/editor";
import { useEffect, useRef } from "react";
import type { EditorFile } from "@/lib/languages/editor";
import { modelOf, modelUri } from "./model-paths";
import { monaco } from "./monaco";

interface FileModelsOptions {
  editor: Monaco.editor.IStandaloneCodeEditor | null;
  languageId: string;
  files: readonly EditorFile[];
  /** Changes when texts were changed outside the editor and must be set in it. */
  epoch: number;
  /** Another program begins with an undo history of its own: undo must not bring back the text of the one before. */
  program: string;
  tabWidth: number;
  /** Monaco's language of a file; plain text until its syntax is there. */
  languageOf: (path: string) => string;
  onChange: (path: string, text: string) => void;
  /** A file is to be shown: a definition of something is in it. */
  onOpen: (path: string) => void;
}

function modelPath(languageId: string, path: string): string {
  return modelUri(languageId, path).toString();
}

/**
 * A model for each of the program's files, also those that are not shown: each keeps its own undo history, and a name can be changed in all
 * of them at once. Uncontrolled: edits are reported, and texts are set only when `epoch` changes or a file is new. A controlled editor could
 * overwrite newer text with older while the page is busy rendering output.
 */
export function useFileModels(options: FileModelsOptions): void {
  const { editor, languageId, files, epoch, tabWidth, languageOf } = options;
  const latest = useRef(options);
  latest.current = options;
  const shown = useRef("");
  const paths = files.map(({ path }) => path).join("\n");

  // biome-ignore lint/correctness/useExhaustiveDependencies: texts alone change with every key and must not come back
  useEffect(() => {
    if (!editor) return;
    const subscriptions = latest.current.files.map(({ path, content }) => {
      const model =
        modelOf(languageId, path) ??
        monaco.editor.createModel(content, "plaintext", modelUri(languageId, path));
      return model.onDidChangeContent(() => latest.current.onChange(path, model.getValue()));
    });
    removeOthers(languageId, new Set(latest.current.files.map(({ path }) => modelPath(languageId, path))));
    return () => {
      for (const subscription of subscriptions) subscription.dispose();
    };
  }, [editor, languageId, paths]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: texts alone change with every key and must not come back
  useEffect(() => {
    if (!editor) return;
    const { program, files } = latest.current;
    const key = `${languageId} ${program}`;
    for (const { path, content } of files) {
      const model = modelOf(languageId, path);
      if (model) putIn(model, content, { undoable: shown.current === key });
    }
    shown.current = key;
  }, [editor, languageId, epoch]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: texts put in, and new models, bring their own indents
  useEffect(() => {
    if (!editor) return;
    for (const { path } of latest.current.files) {
      const model = modelOf(languageId, path);
      if (!model) continue;
      indentBy(model, tabWidth);
      const language = languageOf(path);
      if (model.getLanguageId() !== language) monaco.editor.setModelLanguage(model, language);
    }
  }, [editor, languageId, paths, epoch, tabWidth, languageOf]);

  useEffect(() => {
    if (!editor) return;
    const opener = monaco.editor.registerEditorOpener({
      openCodeEditor(source, resource, place) {
        // A place in the file that is seen is the editor's own to go to, at once.
        if (source.getModel()?.uri.toString() === resource.toString()) return false;
        const { files: known, onOpen } = latest.current;
        const file = known.find(({ path }) => modelPath(languageId, path) === resource.toString());
        if (!file) return false;
        onOpen(file.path);
        whenShown(editor, resource, () => {
          if (!place) return;
          if ("startLineNumber" in place) editor.setSelection(place);
          else editor.setPosition(place);
          editor.revealPositionInCenterIfOutsideViewport(
            editor.getPosition() ?? { lineNumber: 1, column: 1 },
          );
          editor.focus();
        });
        return true;
      },
    });
    return () => opener.dispose();
  }, [editor, languageId]);
}

/** Acts when the editor shows a file: at once where it does, else with its next model, if that is the file's. */
export function whenShown(
  editor: Monaco.editor.IStandaloneCodeEditor,
  file: Monaco.Uri,
  act: () => void,
): void {
  const isShown = () => editor.getModel()?.uri.toString() === file.toString();
  if (isShown()) {
    act();
    return;
  }
  const listener = editor.onDidChangeModel(() => {
    listener.dispose();
    // What else a change of the model sets off, such as a restored position, comes first.
    requestAnimationFrame(() => isShown() && act());
  });
}

/** Models of files that are no more. The editor shows none of them: it has gone to another before. */
function removeOthers(languageId: string, wanted: ReadonlySet<string>): void {
  for (const model of monaco.editor.getModels()) {
    const address = model.uri.toString();
    const own = model.uri.scheme === "file" && model.uri.path.startsWith(`/${languageId}/`);
    if (own && !wanted.has(address) && !model.isAttachedToEditor()) model.dispose();
  }
}

/** Replaces the text, as one edit where it can be undone. */
function putIn(model: Monaco.editor.ITextModel, code: string, { undoable }: { undoable: boolean }): void {
  // Programs run on Linux, where a CR at a line's end breaks a shell script invisibly.
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  if (model.getValue() === code) return;
  if (!undoable) {
    model.setValue(code);
    return;
  }
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text: code }], () => null);
  model.pushStackElement();
}

/** Tabs or spaces are detected from the text; the width is the person's preference. */
function indentBy(model: Monaco.editor.ITextModel, width: number): void {
  model.detectIndentation(true, width);
  model.updateOptions({ tabSize: width, indentSize: width });
}
