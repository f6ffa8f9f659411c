import type * as Monaco from "monaco-editor/editor";
import { initVimMode } from "monaco-vim";

type Editor = Monaco.editor.IStandaloneCodeEditor;

/**
 * Vim's keys, until the answer is called. `line` is where Vim tells its mode and takes what is typed after `:` and `/`.
 * In a module of its own: it is large, and few will choose it.
 */
export function startVim(editor: Editor, line: HTMLElement, onTyping: (typing: boolean) => void): () => void {
  const vim = initVimMode(editor, line);
  vim.on("vim-mode-change", ({ mode }: { mode: string }) =>
    onTyping(mode === "insert" || mode === "replace"),
  );
  // Its field for what follows `:` and `/` comes without a name.
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
