/* The second third of Monaco's core, to be evaluated by itself: see load-editor.ts. */
import "monaco-editor/editor/browser/widget/codeEditor/codeEditorWidget.js";
