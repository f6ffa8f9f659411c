/* The first third of Monaco's core, to be evaluated by itself: see load-editor.ts. */
import "monaco-editor/editor/common/model/textModel.js";
