import type { Action } from "./actions";

/** What the page's commands need of the editor. */
interface CommandTarget {
  focus(): void;
  /** Runs one of Monaco's commands by its id. */
  command(id: string): void;
}

const COMMANDS: readonly [
  group: Action["group"],
  id: string,
  title: string,
  keys?: string,
  ...words: string[],
][] = [
  ["Edit", "actions.find", "Find", "Mod+F", "search"],
  ["Edit", "editor.action.startFindReplaceAction", "Replace", "Mod+H"],
  ["Edit", "editor.action.triggerSuggest", "Offer completions", "Ctrl+Space", "suggest"],
  ["Edit", "editor.action.rename", "Rename a name everywhere", "F2"],
  ["Edit", "editor.action.quickFix", "Offer a fix", "Mod+."],
  ["Edit", "editor.action.commentLine", "Comment lines in or out", "Mod+/"],
  ["Edit", "editor.action.moveLinesUpAction", "Move lines up", "Alt+ArrowUp"],
  ["Edit", "editor.action.moveLinesDownAction", "Move lines down", "Alt+ArrowDown"],
  ["Edit", "editor.action.addSelectionToNextFindMatch", "Select the next place of it, too", "Mod+D"],
  ["Edit", "undo", "Undo", "Mod+Z"],
  ["Edit", "redo", "Redo", "Mod+Y"],
  ["Go", "quicksand.nextProblem", "Go to the next problem", "F8", "error"],
  ["Go", "quicksand.previousProblem", "Go to the previous problem", "Shift+F8", "error"],
  ["Go", "editor.action.revealDefinition", "Go to the definition", "F12"],
  ["Go", "editor.action.goToReferences", "Show all uses", "Shift+F12", "references"],
  ["Go", "editor.action.gotoLine", "Go to a line", "Mod+G"],
  ["Go", "editor.action.quickOutline", "Go to a function or class", "Mod+Shift+O", "symbol", "outline"],
  ["Edit", "editor.foldAll", "Fold everything"],
  ["Edit", "editor.unfoldAll", "Unfold everything"],
  ["Edit", "editor.action.quickCommand", "Show all of the editor's commands", "F1"],
];

/** The editor's commands as actions of the page. Their keys are the editor's own. */
export function editorActions(editor: () => CommandTarget | null, ready: boolean): readonly Action[] {
  return COMMANDS.map(([group, id, title, keys, ...words]) => ({
    ...{ id, title, group, words, enabled: ready, keysElsewhere: true },
    ...(keys !== undefined && { keys }),
    run() {
      editor()?.focus();
      editor()?.command(id);
    },
  }));
}
