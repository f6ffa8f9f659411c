/**
 * The editor's features, picked one by one: the whole set adds code lenses, colour pickers and inline completions that are
 * not used here. All of them are registered before the first editor is created. Two feature bundles of monaco-editor 0.57
 * lack their main part, which is imported by its path: `suggest` has no suggest controller, and `caretOperations` only
 * transposes. e2e/editor.spec.ts uses each feature. They are in two modules, each evaluated by itself: see load-editor.ts.
 */
import "./monaco-editing";
import "./monaco-widgets";
