import type * as Monaco from "monaco-editor/editor";
import { initVimMode } from "monaco-vim";

type Editor = Monaco.editor.IStandaloneCodeEditor;

/**
 * Vim key bindings. Returns a function that removes them. `line` is the element for Vim's mode and its `:` and `/` commands.
 * A module of its own, so that it is loaded on demand.
 */
export function startVim(editor: Editor, line: HTMLElement, onTyping: (typing: boolean) => void): () => void {
  const vim = initVimMode(editor, line);
  vim.on("vim-mode-change", ({ mode }: { mode: string }) =>
    onTyping(mode === "insert" || mode === "replace"),
  );
  // monaco-vim's command field has no accessible name.
  const name = ({ target }: FocusEvent) => {
    if (target instanceof HTMLInputElement) target.ariaLabel = "Vim command";
  };
  line.addEventListener("focusin", name);
  return () => {
    line.removeEventListener("focusin", name);
    vim.dispose();
    line.replaceChildren();
    editor.updateOptions({ cursorStyle: "line", cursorBlinking: "blink" });
  };
}
