"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { useViewerLimits } from "@/lib/client/account";
import { splitArgs } from "@/lib/client/args";
import type { Draft } from "@/lib/client/drafts";
import type { Problem } from "@/lib/client/problem";
import { isActive, type RunState } from "@/lib/client/run-state";
import { createRunStore, type RunStore } from "@/lib/client/run-store";
import { inputAfterEdit } from "@/lib/client/sample-input";
import { typedInput } from "@/lib/client/typed-input";
import { sampleDraft, useDraft } from "@/lib/client/use-draft";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import { useLanguages } from "@/lib/client/use-languages";
import { usePreferences } from "@/lib/client/use-preferences";
import { usePrewarm } from "@/lib/client/use-prewarm";
import { useSettings } from "@/lib/client/use-settings";
import type { Diagnostic, EditorFile } from "@/lib/languages/editor";
import type { ExampleInfo, LanguageInfo } from "@/lib/schemas/language";
import type { EditorHandle } from "./editor/code-editor";
import { EditorPane } from "./editor/editor-pane";
import { LanguagePicker } from "./editor/language-picker";
import { Header, RunControls } from "./header";
import { RecentPanel, RecentToggle, useRecentPanel } from "./history/recent-panel";
import { useRestoreRun } from "./history/use-restore-run";
import { FailureCard } from "./output/failure-card";
import { OutputPane } from "./output/output-pane";
import { type Side, SplitView } from "./split-view";
import { StatusBar } from "./status-bar";
import { ThemeToggle } from "./theme-toggle";
import { Spinner } from "./ui/spinner";
import { Commands } from "./workbench/commands";
import { ExamplesDialog } from "./workbench/examples-dialog";
import { useActions } from "./workbench/use-actions";

const NO_DIAGNOSTICS: readonly Diagnostic[] = [];
const NO_SOURCES: readonly EditorFile[] = [];

const FORMAT = "editor.action.formatDocument";

/** The IDE: connects editor, run, drafts and settings. */
export function Workspace() {
  const [languagesState, reloadLanguages] = useLanguages();
  const [settings, updateSettings] = useSettings();
  const [preferences] = usePreferences();
  const languages = useViewerLimits(languagesState.name === "ready" ? languagesState.languages : null);
  const language = languages?.find(({ id }) => id === settings.language) ?? languages?.[0] ?? null;
  const drafts = useDraft(language);
  const [store] = useState(createRunStore);
  const run = useSyncExternalStore(store.subscribe, store.get, store.get);
  const [side, setSide] = useState<Side>("code");
  const editor = useRef<EditorHandle | null>(null);
  const liveInput = useRef<HTMLTextAreaElement>(null);

  const runLanguage = languages?.find(({ id }) => id === run.language) ?? null;
  const [ran, setRan] = useState(NO_SOURCES);
  const diagnostics = useDiagnostics(run, runLanguage, ran);
  const [example, setExample] = useState<ExampleInfo | null>(null);
  const [examplesOpen, setExamplesOpen] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const active = isActive(run);

  const { draft } = drafts;
  const runDraft = useCallback(
    ({ id, mainFile }: LanguageInfo, { code, stdin, args: line, files }: Draft) => {
      if (isActive(store.get())) return;
      const args = splitArgs(line);
      if (!args.ok) {
        updateSettings({ inputOpen: true });
        toast("The arguments cannot be read", { description: args.message });
        return;
      }
      // With prepared input the program gets exactly that; without any, input is typed while it runs.
      const mode = stdin === "" ? "interactive" : "batch";
      const input = typedInput(stdin);
      store.start({ language: id, code, stdin: input, args: args.args, files: [...files], mode });
      setRan([{ path: mainFile, content: code }, ...files]);
      setSide("output");
    },
    [store, updateSettings],
  );
  const start = useCallback(() => {
    if (language && draft) runDraft(language, draft);
  }, [language, draft, runDraft]);

  useRunKey(start);
  usePrewarm(language?.id ?? null, draft?.code);
  useCancelOnLeave(store);
  const onLanguage = useCallback((id: string) => updateSettings({ language: id }), [updateSettings]);
  const restoreRun = useRestoreRun({ languages, language, drafts, onLanguage, onRun: runDraft });
  const panel = useRecentPanel(settings.recentOpen, (recentOpen) => updateSettings({ recentOpen }));

  function reset(): void {
    if (!language || !draft) return;
    drafts.replace(sampleDraft(language));
    toast(`The ${language.name} sample is back`, {
      action: { label: "Undo", onClick: () => drafts.replace(draft) },
    });
  }

  /** With a sample's code its input goes, too. */
  function edit(patch: Partial<Draft>): void {
    const { code } = patch;
    const samples = [language?.sample ?? [], example ?? []].flat();
    const stdin = draft && code !== undefined ? { stdin: inputAfterEdit(samples, draft, code) } : {};
    drafts.update({ ...stdin, ...patch });
  }

  function openExample(picked: ExampleInfo): void {
    setExamplesOpen(false);
    if (!draft) return;
    const { title, code, stdin } = picked;
    setExample(picked);
    drafts.replace({ ...draft, code, stdin, args: "", files: [] });
    setSide("code");
    toast(`${title} is open`, {
      duration: 15_000,
      action: { label: "Undo", onClick: () => drafts.replace(draft) },
    });
  }

  const onReady = useCallback((handle: EditorHandle | null) => {
    editor.current = handle;
  }, []);

  const stop = () => void store.stop().catch(toastFailure("The run could not be stopped"));
  const getEditor = useCallback(() => editor.current, []);
  const actions = useActions({
    ...{ languages, language, active, ready: draft !== null, editor: getEditor, onLanguage, onReset: reset },
    ...{
      onRun: start,
      onStop: stop,
      onFormat: () => editor.current?.runCommand(FORMAT),
      onExamples: () => setExamplesOpen(true),
    },
  });

  function jump({ line, column }: Pick<Diagnostic, "line" | "column">): void {
    if (runLanguage && runLanguage.id !== language?.id) updateSettings({ language: runLanguage.id });
    setSide("code");
    // After the tab has switched: a hidden editor cannot scroll.
    requestAnimationFrame(() => editor.current?.jump(line, column));
  }

  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#program"
        className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the editor
      </a>
      <Header>
        <LanguagePicker languages={languages} value={language} onChange={onLanguage} />
        <RunControls
          active={active}
          stopping={run.stopping}
          ready={draft !== null}
          onRun={start}
          onStop={stop}
        />
        <RecentToggle panel={panel} />
        <ThemeToggle />
      </Header>
      <div className="flex min-h-0 flex-1">
        <main className="flex min-w-0 flex-1 flex-col">
          {languagesState.name === "failed" ? (
            <FailureCard failure={languagesState.error} onRetry={reloadLanguages} />
          ) : (
            <SplitView
              layout={preferences.layout}
              side={side}
              onSide={setSide}
              outputBadge={active ? <Spinner className="size-3.5 text-accent-ink" /> : null}
              split={settings.split}
              onSplit={(split) => updateSettings({ split })}
              code={
                <EditorPane
                  language={language}
                  draft={draft}
                  epoch={drafts.epoch}
                  isSample={drafts.isSample}
                  unsaved={drafts.unsaved}
                  diagnostics={language && run.language === language.id ? diagnostics : NO_DIAGNOSTICS}
                  preferences={preferences}
                  inputOpen={settings.inputOpen}
                  onDraft={edit}
                  onReset={reset}
                  onInputOpen={(inputOpen) => updateSettings({ inputOpen })}
                  onRun={start}
                  onReady={onReady}
                  onProblems={setProblems}
                />
              }
              output={
                <OutputPane
                  run={run}
                  language={runLanguage}
                  diagnostics={diagnostics}
                  wrap={settings.wrap}
                  inputRef={liveInput}
                  onWrap={(wrap) => updateSettings({ wrap })}
                  onClear={store.clear}
                  onRetry={start}
                  onExamples={() => setExamplesOpen(true)}
                  onJump={jump}
                  problems={problems}
                  onLines={(text) =>
                    void store.type(text).catch(toastFailure("The program did not get this input"))
                  }
                  onEndInput={() => void store.endInput().catch(toastFailure("The input could not be ended"))}
                />
              }
            />
          )}
        </main>
        <RecentPanel
          panel={panel}
          revision={`${run.runId} ${active}`}
          current={run.runId}
          languages={languages ?? []}
          onOpen={(id) => {
            restoreRun(id);
            setSide("code");
          }}
        />
      </div>
      <ExamplesDialog
        language={language}
        open={examplesOpen}
        onOpenChange={setExamplesOpen}
        onPick={openExample}
      />
      <Commands actions={actions} emacs={preferences.keyMap === "emacs"} />
      <StatusBar language={language} usage={run.phase.name === "done" ? run.phase.result.usage : null} />
    </div>
  );
}

/** Reports a failure in a toast, except when the run has just ended and so refuses input or Stop. */
function toastFailure(title: string) {
  return (error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "not_found" || code === "conflict") return;
    toast(title, { description: error instanceof Error ? error.message : "" });
  };
}

/** Diagnostics parsed from a finished run's error output. */
function useDiagnostics(
  run: RunState,
  language: LanguageInfo | null,
  sources: readonly EditorFile[],
): readonly Diagnostic[] {
  const { phase, compiler, stderr } = run;
  const done = phase.name === "done";
  const mainFile = language?.mainFile;
  const editor = useLanguageEditor(language?.id ?? null);
  return useMemo(
    () =>
      done && mainFile && editor
        ? editor.findDiagnostics(`${compiler}\n${stderr}`, mainFile, sources)
        : NO_DIAGNOSTICS,
    [done, mainFile, editor, compiler, stderr, sources],
  );
}

/** Ctrl+Enter or ⌘+Enter runs from anywhere on the page. Monaco handles it itself. */
function useRunKey(start: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      start();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [start]);
}

/** Runs are started detached, to survive a dropped connection, so leaving the page must cancel them. */
function useCancelOnLeave(store: RunStore): void {
  useEffect(() => {
    window.addEventListener("pagehide", store.abandon);
    return () => window.removeEventListener("pagehide", store.abandon);
  }, [store]);
}
