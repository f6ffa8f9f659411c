import type { Action } from "./actions";

interface WorkspaceActionsOptions {
  /** There is a program to do something with. */
  ready: boolean;
  /** Something runs. */
  active: boolean;
  hasRepl: boolean;
  hasOptions: boolean;
  hasTests: boolean;
  onRun: (way: "terminal" | "repl") => void;
  onRunTests: () => void;
  onOptions: () => void;
  onDownload: () => void;
}

/** The actions that only the editor's page has, in addition to those of `useActions`: other ways to run, options, a download. */
export function workspaceActions(options: WorkspaceActionsOptions): Action[] {
  const { ready, active, hasRepl, hasOptions, hasTests, onRun } = options;
  return [
    {
      ...{ id: "terminal", title: "Run in a terminal", group: "Run", words: ["console", "pty", "tty"] },
      ...{ enabled: ready && !active, run: () => onRun("terminal") },
    },
    {
      ...{ id: "repl", title: "Open the language's prompt (REPL)", group: "Run", words: ["shell"] },
      ...{ enabled: hasRepl && !active, run: () => onRun("repl") },
    },
    {
      ...{ id: "tests", title: "Run the tests", group: "Run", words: ["check", "cases"] },
      ...{ enabled: hasTests && !active, run: options.onRunTests },
    },
    {
      ...{ id: "options", title: "Language options", group: "Language", words: ["standard", "flags"] },
      ...{ enabled: hasOptions && ready, run: options.onOptions },
    },
    {
      ...{ id: "download", title: "Download the program", group: "Program", words: ["save", "zip"] },
      ...{ keys: "Mod+S", keysElsewhere: true, enabled: ready, run: options.onDownload },
    },
  ];
}
