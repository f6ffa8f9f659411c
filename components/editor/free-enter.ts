import type * as Monaco from "monaco-editor/editor";

/** What is used of Monaco's suggest controller, which its types do not tell of. */
interface SuggestController extends Monaco.editor.IEditorContribution {
  widget: { value: { getFocusedItem(): { item: Suggestion } | undefined } };
  cancelSuggestWidget(): void;
}

interface Suggestion {
  /** Where the text begins that it would replace. */
  editStart: Monaco.IPosition;
  completion: Pick<
    Monaco.languages.CompletionItem,
    "insertText" | "insertTextRules" | "additionalTextEdits" | "command"
  >;
}

/** `CompletionItemInsertTextRule.InsertAsSnippet` */
const SNIPPET = 4;

/**
 * Makes Enter begin a new line when the focused suggestion would change nothing. Monaco's own setting for this ("smart") decides when the
 * suggestion gets the focus; if the rest of the word and Enter are typed before the list is updated, Enter would only close the list.
 */
export function freeEnter(editor: Monaco.editor.IStandaloneCodeEditor): Monaco.IDisposable {
  const controller = editor.getContribution<SuggestController>("editor.contrib.suggestController");
  return editor.onKeyDown(({ browserEvent: { key, shiftKey, ctrlKey, altKey, metaKey } }) => {
    if (key !== "Enter" || shiftKey || ctrlKey || altKey || metaKey) return;
    const focused = controller?.widget.value.getFocusedItem();
    if (focused && !changesText(editor, focused.item)) controller?.cancelSuggestWidget();
  });
}

function changesText(
  editor: Monaco.editor.IStandaloneCodeEditor,
  { editStart, completion }: Suggestion,
): boolean {
  const { insertText, insertTextRules = 0, additionalTextEdits, command } = completion;
  if ((insertTextRules & SNIPPET) !== 0 || additionalTextEdits?.length || command) return true;
  const end = editor.getPosition();
  if (!end) return true;
  const there = editor.getModel()?.getValueInRange({
    startLineNumber: editStart.lineNumber,
    startColumn: editStart.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  });
  return there !== insertText;
}
