import type * as Monaco from "monaco-editor/editor";
import { monaco } from "./monaco";

type Editor = Monaco.editor.IStandaloneCodeEditor;

const { KeyCode, KeyMod } = monaco;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
/** Control, on every keyboard: Monaco's `CtrlCmd` is ⌘ on a Mac. */
const C = isMac ? KeyMod.WinCtrl : KeyMod.CtrlCmd;
const M = KeyMod.Alt;

/** With the mark set they extend the selection, by the same command with `Select` appended. */
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

/** With suggestions or the find widget open, their own keys apply. */
const IN_TEXT = "editorTextFocus && !suggestWidgetVisible";

/**
 * Emacs key bindings: movement, mark, kill and yank. Returns a function that removes them. Ctrl-V remains paste, for the
 * system's clipboard; most browsers do not let pages have Ctrl-N, Ctrl-T and Ctrl-W.
 */
export function startEmacs(editor: Editor): () => void {
  let marked = false;
  /** The last kill. Consecutive kills without cursor movement are appended. */
  let killed = "";
  let killedAt = "";
  const disposables: Monaco.IDisposable[] = [];

  function bind(keys: readonly number[], name: string, run: () => void, context = IN_TEXT): void {
    disposables.push(
      editor.addAction({
        id: `quicksand.emacs.${disposables.length}`,
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
    // Also to the system's clipboard, where the browser allows it; Ctrl-Y works without it.
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

  /** Kills to the end of the line; at the end, the line break. */
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
  // Control on a Mac, too: ⌘ Space is the system's.
  bind([C | KeyCode.Space], "set mark", () => {
    dropMark();
    marked = true;
  });
  bind([C | KeyCode.KeyG], "quit", dropMark, "editorTextFocus");
  disposables.push(
    editor.onDidChangeModelContent(() => {
      marked = false;
    }),
    editor.onMouseDown(() => {
      marked = false;
    }),
  );
  return () => {
    for (const disposable of disposables) disposable.dispose();
  };
}
