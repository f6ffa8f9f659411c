import type * as Monaco from "monaco-editor/editor";
import { monaco } from "./monaco";

type Editor = Monaco.editor.IStandaloneCodeEditor;

const { KeyCode, KeyMod } = monaco;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
/** Control, on every keyboard: Monaco's `CtrlCmd` is ⌘ on a Mac. */
const C = isMac ? KeyMod.WinCtrl : KeyMod.CtrlCmd;
const M = KeyMod.Alt;

/** Each also moves the end of the region while the mark is set: by the same command with `Select` after it. */
const MOVES: readonly [key: number, command: string][] = [
  [C | KeyCode.KeyF, "cursorRight"],
  [C | KeyCode.KeyB, "cursorLeft"],
  [C | KeyCode.KeyN, "cursorDown"],
  [C | KeyCode.KeyP, "cursorUp"],
  [C | KeyCode.KeyA, "cursorLineStart"],
  [C | KeyCode.KeyE, "cursorLineEnd"],
  [M | KeyCode.KeyF, "cursorWordEndRight"],
  [M | KeyCode.KeyB, "cursorWordStartLeft"],
  [M | KeyCode.KeyV, "cursorPageUp"],
  [M | KeyMod.Shift | KeyCode.Comma, "cursorTop"],
  [M | KeyMod.Shift | KeyCode.Period, "cursorBottom"],
];

const COMMANDS: readonly [key: number, command: string][] = [
  [C | KeyCode.KeyD, "deleteRight"],
  [C | KeyCode.KeyH, "deleteLeft"],
  [C | KeyCode.Slash, "undo"],
  [KeyMod.chord(C | KeyCode.KeyX, KeyCode.KeyU), "undo"],
  [KeyMod.chord(C | KeyCode.KeyX, KeyCode.KeyH), "editor.action.selectAll"],
  [C | KeyCode.KeyS, "actions.find"],
  [C | KeyCode.KeyR, "editor.action.previousMatchFindAction"],
  [M | KeyMod.Shift | KeyCode.Digit5, "editor.action.startFindReplaceAction"],
  [M | KeyCode.Semicolon, "editor.action.commentLine"],
  [M | KeyCode.Slash, "editor.action.triggerSuggest"],
  [M | KeyCode.KeyX, "editor.action.quickCommand"],
  [KeyMod.chord(M | KeyCode.KeyG, KeyCode.KeyG), "editor.action.gotoLine"],
];

/** Where a list of suggestions or the find box is open, its own keys hold. */
const IN_TEXT = "editorTextFocus && !suggestWidgetVisible";

/**
 * Emacs' keys, until the answer is called: movement, the mark, killing and yanking. Ctrl-V stays paste, the way to the
 * system's clipboard; Ctrl-N, -T and -W never reach a page in most browsers.
 */
export function startEmacs(editor: Editor): () => void {
  let marked = false;
  /** What was killed last; kills in a row, with the cursor left where it was, add up. */
  let killed = "";
  let killedAt = "";
  const parts: Monaco.IDisposable[] = [];

  function bind(keys: readonly number[], name: string, run: () => void, context = IN_TEXT): void {
    parts.push(
      editor.addAction({
        id: `quicksand.emacs.${parts.length}`,
        label: `Emacs: ${name}`,
        keybindings: [...keys],
        keybindingContext: context,
        run,
      }),
    );
  }
  const trigger = (command: string) => editor.trigger("emacs", command, null);
  const place = () => `${editor.getModel()?.getVersionId()} ${editor.getPosition()?.toString()}`;

  function copy(text: string): void {
    killed = text;
    // The ring is for Ctrl-Y; other programs get it where the browser allows.
    void navigator.clipboard?.writeText(text).catch(() => {});
  }

  function kill(range: Monaco.IRange): void {
    const text = editor.getModel()?.getValueInRange(range) ?? "";
    if (text === "") return;
    copy(place() === killedAt ? killed + text : text);
    editor.pushUndoStop();
    editor.executeEdits("emacs", [{ range, text: "" }]);
    editor.pushUndoStop();
    marked = false;
    killedAt = place();
  }

  /** From the cursor to its line's end; at the end already, the line break. */
  function killLine(): void {
    const model = editor.getModel();
    const position = editor.getPosition();
    if (!model || !position) return;
    const { lineNumber, column } = position;
    const end = model.getLineMaxColumn(lineNumber);
    kill(
      column < end
        ? new monaco.Range(lineNumber, column, lineNumber, end)
        : new monaco.Range(lineNumber, column, lineNumber + 1, 1),
    );
  }

  function killWord(): void {
    const from = editor.getPosition();
    trigger("cursorWordEndRight");
    const to = editor.getPosition();
    if (from && to) kill(monaco.Range.fromPositions(from, to));
  }

  function copyRegion(): void {
    const selection = editor.getSelection();
    if (selection && !selection.isEmpty()) copy(editor.getModel()?.getValueInRange(selection) ?? "");
    dropMark();
  }

  function yank(): void {
    if (killed !== "") editor.trigger("emacs", "type", { text: killed });
  }

  function dropMark(): void {
    marked = false;
    const position = editor.getPosition();
    if (position) editor.setPosition(position);
  }

  for (const [key, command] of MOVES) {
    bind([key], command, () => trigger(marked ? `${command}Select` : command));
  }
  for (const [key, command] of COMMANDS) bind([key], command, () => trigger(command));
  bind([C | KeyCode.KeyK], "kill line", killLine);
  bind([M | KeyCode.KeyD], "kill word", killWord);
  bind([C | KeyCode.KeyW], "kill region", () => {
    const selection = editor.getSelection();
    if (selection) kill(selection);
  });
  bind([M | KeyCode.KeyW], "copy region", copyRegion);
  bind([C | KeyCode.KeyY], "yank", yank);
  // Control itself on a Mac too, where ⌘ Space is the system's; this one is the same there.
  bind([C | KeyCode.Space], "set mark", () => {
    dropMark();
    marked = true;
  });
  bind([C | KeyCode.KeyG], "quit", dropMark, "editorTextFocus");
  parts.push(
    editor.onDidChangeModelContent(() => {
      marked = false;
    }),
    editor.onMouseDown(() => {
      marked = false;
    }),
  );
  return () => {
    for (const part of parts) part.dispose();
  };
}
