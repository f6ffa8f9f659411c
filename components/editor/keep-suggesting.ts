import type * as Monaco from "monaco-editor/editor";

/** What is used of Monaco's suggest controller, which its types do not tell of. */
interface SuggestController extends Monaco.editor.IEditorContribution {
  model: {
    onDidTrigger(listener: () => void): Monaco.IDisposable;
    onDidCancel(listener: (event: { retrigger: boolean }) => void): Monaco.IDisposable;
  };
}

/**
 * When a second word begins while suggestions for the first one are on their way, Monaco takes those for the second word's, finds that none
 * fits, and offers nothing until the next key. This asks anew for the word that is being typed by then.
 */
export function keepSuggesting(editor: Monaco.editor.IStandaloneCodeEditor): Monaco.IDisposable {
  const model = editor.getContribution<SuggestController>("editor.contrib.suggestController")?.model;
  if (!model) return { dispose() {} };
  /** Where the word begins that was asked for anew, and not by taking over what was found for another. */
  let asked: string | null = null;
  let takesOver = false;
  let typing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const wordStart = (): string | null => {
    const position = editor.getPosition();
    const { word = "", startColumn } =
      (position && editor.getModel()?.getWordUntilPosition(position)) ||
      ({} as Partial<Monaco.editor.IWordAtPosition>);
    return word === "" ? null : `${position?.lineNumber}:${startColumn}`;
  };
  const askAnew = () => {
    if (editor.hasTextFocus() && wordStart() !== null && wordStart() !== asked)
      editor.trigger("quicksand", "editor.action.triggerSuggest", { auto: true });
  };
  const listeners = [
    // Escape, Enter and Tab end suggestions because somebody wants that.
    editor.onKeyDown(({ browserEvent: { key, ctrlKey, metaKey } }) => {
      typing = key.length === 1 && !ctrlKey && !metaKey;
    }),
    model.onDidTrigger(() => {
      if (!takesOver) asked = wordStart();
      takesOver = false;
    }),
    model.onDidCancel(({ retrigger }) => {
      takesOver = retrigger;
      if (retrigger || !typing) return;
      clearTimeout(timer);
      timer = setTimeout(askAnew);
    }),
  ];
  return {
    dispose() {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}
