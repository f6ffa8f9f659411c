"use client";

import { AlignLeft, CircleAlert, FlaskConical, FolderOutput, History, TextCursorInput } from "lucide-react";
import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { useViewerLimits } from "@/lib/client/account";
import { splitArgs } from "@/lib/client/args";
import type { Draft } from "@/lib/client/drafts";
import type { GivenFile } from "@/lib/client/opened-files";
import { isActive } from "@/lib/client/run-state";
import { createRunStore } from "@/lib/client/run-store";
import { saveProgram } from "@/lib/client/save-program";
import type { PanelId } from "@/lib/client/settings";
import { typedInput } from "@/lib/client/typed-input";
import { sampleDraft, useDraft } from "@/lib/client/use-draft";
import { useLanguages } from "@/lib/client/use-languages";
import { useLastRun } from "@/lib/client/use-last-run";
import { usePreferences } from "@/lib/client/use-preferences";
import { usePrewarm } from "@/lib/client/use-prewarm";
import { useSettings } from "@/lib/client/use-settings";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { EditorHandle } from "./editor/code-editor";
import { EditorPane } from "./editor/editor-pane";
import { LanguagePicker } from "./editor/language-picker";
import { Header } from "./header";
import { RecentPanel, RecentToggle, useRecentPanel } from "./history/recent-panel";
import { useRestoreRun } from "./history/use-restore-run";
import { FailureCard } from "./output/failure-card";
import { OutputPane } from "./output/output-pane";
import { type Side, SplitView } from "./split-view";
import { StatusBar } from "./status-bar";
import { testsBadge } from "./tests/tests-badge";
import { TestsPanel } from "./tests/tests-panel";
import { useTests } from "./tests/use-tests";
import { ThemeItem, ThemeToggle } from "./theme-toggle";
import { ActionItem } from "./ui/action-menu";
import { Spinner } from "./ui/spinner";
import { DropZone } from "./workbench/drop-zone";
import { artifactsOf, FilesPanel, filesBadge } from "./workbench/files-panel";
import { InputPanel, inputBadge } from "./workbench/input-panel";
import type { PanelSpec } from "./workbench/panels";
import { ProblemsPanel, problemsBadge } from "./workbench/problems-panel";
import { RunButton } from "./workbench/run-button";
import { SameNamesDialog } from "./workbench/same-names-dialog";
import { NO_DIAGNOSTICS, useDiagnostics } from "./workbench/use-diagnostics";
import { useOfflineEditor } from "./workbench/use-offline-editor";
import { useOpenFiles } from "./workbench/use-open-files";
import { useProgramFiles } from "./workbench/use-program-files";
import { useToastPlace } from "./workbench/use-toast-place";
import { useRunKey, useSaveKey } from "./workbench/use-window-events";

/** Where a run is seen: in the result, or in a terminal, which its program or its language's prompt has. */
type Place = "result" | "terminal" | "repl";

const NO_PATHS: readonly string[] = [];
const NO_TESTS: Draft["tests"] = [];

/** The IDE: connects editor, run, drafts and settings. */
export function Workspace() {
  const [languagesState, reloadLanguages] = useLanguages();
  const [settings, updateSettings] = useSettings();
  const [preferences, changePreferences] = usePreferences();
  const languages = useViewerLimits(languagesState.name === "ready" ? languagesState.languages : null);
  const language = languages?.find(({ id }) => id === settings.language) ?? languages?.[0] ?? null;
  const drafts = useDraft(language);
  const [store] = useState(createRunStore);
  const run = useSyncExternalStore(store.subscribe, store.get, store.get);
  const [side, setSide] = useState<Side>("code");
  const editor = useRef<EditorHandle | null>(null);
  const liveInput = useRef<HTMLTextAreaElement>(null);

  const runLanguage = languages?.find(({ id }) => id === run.language) ?? null;
  const files = useProgramFiles(language, drafts);
  const { draft } = drafts;
  const beside = language && run.language === language.id ? draft?.files : undefined;
  const diagnostics = useDiagnostics(run, runLanguage, beside?.map(({ path }) => path) ?? NO_PATHS);
  const active = isActive(run);

  const show = useCallback(
    (panel: PanelId) => {
      updateSettings({ panel });
      setSide("panel");
    },
    [updateSettings],
  );
  const onBadArgs = useCallback(
    (description: string) => {
      show("input");
      toast("The arguments cannot be read", { description });
    },
    [show],
  );
  const onTests = useCallback(() => show("tests"), [show]);
  const program = language?.id ?? "";
  const tests = useTests({ run, store, program, draft, onStart: onTests, onBadArgs });
  const runDraft = useCallback(
    ({ id }: LanguageInfo, { code, stdin, args: line, files }: Draft, place: Place = "result") => {
      if (isActive(store.get())) return;
      const args = splitArgs(line);
      if (!args.ok) return onBadArgs(args.message);
      // With prepared input the program gets exactly that; without any, input is typed while it runs.
      const mode = place !== "result" ? "terminal" : stdin === "" ? "interactive" : "batch";
      const input = place === "repl" ? "" : typedInput(stdin);
      const repl = place === "repl";
      store.start({ language: id, code, stdin: input, args: args.args, files: [...files], mode, repl });
      show("output");
    },
    [store, show, onBadArgs],
  );
  const start = useCallback(() => {
    if (language && draft) runDraft(language, draft);
  }, [language, draft, runDraft]);

  const startTests = (places?: readonly number[]) => {
    if (language && draft) tests.start(language.id, draft, places);
  };
  const startIn = (place: Place) => {
    if (language && draft) runDraft(language, draft, place);
  };

  useRunKey(start);
  useToastPlace(side);
  useOfflineEditor();
  usePrewarm(language?.id ?? null, draft?.code);
  useLastRun(store, language?.id ?? null);
  const onLanguage = useCallback((id: string) => updateSettings({ language: id }), [updateSettings]);
  const onRun = useCallback(
    (ran: LanguageInfo, again: Draft) =>
      again.tests.length > 0 ? tests.start(ran.id, again) : runDraft(ran, again),
    [tests.start, runDraft],
  );
  const restoreRun = useRestoreRun({ languages, language, drafts, onLanguage, onRun });
  const opening = useOpenFiles({ languages, language, drafts, onLanguage, onShow: files.select });
  const openFiles = useCallback((given: GivenFile[]) => void opening.open(given), [opening.open]);
  const panel = useRecentPanel(settings.recentOpen, (recentOpen) => updateSettings({ recentOpen }));

  function reset(): void {
    if (!language || !draft) return;
    drafts.replace(sampleDraft(language));
    toast(`The ${language.name} sample is back`, {
      action: { label: "Undo", onClick: () => drafts.replace(draft) },
    });
  }

  const onReady = useCallback((handle: EditorHandle | null) => {
    editor.current = handle;
  }, []);

  function download(): void {
    if (!language || !draft) return;
    const main = { path: language.mainFile, content: draft.code };
    void saveProgram(language.id, main, draft.files);
  }
  useSaveKey(download);

  function jump({ line, column, file }: Diagnostic): void {
    if (runLanguage && runLanguage.id !== language?.id) updateSettings({ language: runLanguage.id });
    else files.select(file ?? files.mainFile);
    setSide("code");
    // After the tab has switched: a hidden editor cannot scroll.
    requestAnimationFrame(() => editor.current?.jump(line, column));
  }

  const artifacts = artifactsOf(run);
  const panels: PanelSpec[] = [
    {
      id: "output",
      name: "Output",
      icon: AlignLeft,
      badge: active ? { mark: <Spinner className="size-3.5" />, label: "running", tone: "accent" } : null,
      quiet: false,
      content: (
        <OutputPane
          run={run}
          language={runLanguage}
          diagnostics={diagnostics}
          wrap={settings.wrap}
          inputRef={liveInput}
          terminal={store.terminal()}
          onTerminalSize={store.resize}
          onWrap={(wrap) => updateSettings({ wrap })}
          onClear={store.clear}
          onRetry={start}
          onJump={jump}
          onLines={(text) => void store.type(text).catch(toastFailure("The program did not get this input"))}
          onEndInput={() => void store.endInput().catch(toastFailure("The input could not be ended"))}
        />
      ),
    },
    {
      id: "tests",
      name: "Tests",
      icon: FlaskConical,
      badge: testsBadge(tests.results),
      quiet: tests.results.length === 0,
      content: (
        <TestsPanel
          tests={draft?.tests ?? NO_TESTS}
          results={tests.results}
          active={active || draft === null}
          last={tests.last}
          onChange={(next) => drafts.update({ tests: next })}
          onRun={startTests}
        />
      ),
    },
    {
      id: "input",
      name: "Input",
      icon: TextCursorInput,
      badge: draft ? inputBadge(draft.stdin, draft.args) : null,
      quiet: false,
      content: (
        <InputPanel
          stdin={draft?.stdin ?? ""}
          args={draft?.args ?? ""}
          disabled={draft === null}
          onStdin={(stdin) => drafts.update({ stdin })}
          onArgs={(args) => drafts.update({ args })}
        />
      ),
    },
    {
      id: "problems",
      name: "Problems",
      icon: CircleAlert,
      badge: problemsBadge(diagnostics),
      quiet: diagnostics.length === 0,
      content: <ProblemsPanel diagnostics={diagnostics} onJump={jump} />,
    },
    {
      id: "files",
      name: "Files",
      icon: FolderOutput,
      badge: filesBadge(artifacts.length),
      quiet: artifacts.length === 0,
      content: <FilesPanel artifacts={artifacts} />,
    },
  ];

  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#program"
        className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the editor
      </a>
      <Header
        more={
          <>
            <ActionItem onSelect={panel.toggle}>
              <History aria-hidden="true" />
              Recent runs
            </ActionItem>
            <ThemeItem />
          </>
        }
      >
        <LanguagePicker languages={languages} value={language} onChange={onLanguage} />
        <RunButton
          active={active}
          stopping={run.stopping}
          ready={draft !== null}
          hasRepl={language?.repl === true}
          onRun={start}
          onRunInTerminal={() => startIn("terminal")}
          onRunTests={() => (tests.results.length > 0 ? startTests() : show("tests"))}
          onRepl={() => startIn("repl")}
          onStop={() => void store.stop().catch(toastFailure("The run could not be stopped"))}
        />
        <div className="flex gap-1 max-sm:hidden">
          <RecentToggle panel={panel} />
          <ThemeToggle />
        </div>
      </Header>
      <div className="flex min-h-0 flex-1">
        <main className="flex min-w-0 flex-1 flex-col">
          {languagesState.name === "failed" ? (
            <FailureCard failure={languagesState.error} onRetry={reloadLanguages} />
          ) : (
            <SplitView
              panels={panels}
              panel={settings.panel}
              onPanel={(panel) => updateSettings({ panel })}
              side={side}
              onSide={setSide}
              layout={preferences.layout}
              onLayout={(layout) => changePreferences({ layout })}
              split={settings.split}
              onSplit={(split) => updateSettings({ split })}
              code={
                <EditorPane
                  language={language}
                  languages={languages}
                  draft={draft}
                  files={files}
                  epoch={drafts.epoch}
                  isSample={drafts.isSample}
                  unsaved={drafts.unsaved}
                  diagnostics={language && run.language === language.id ? diagnostics : NO_DIAGNOSTICS}
                  preferences={preferences}
                  onReset={reset}
                  onOpenFiles={openFiles}
                  onDownload={download}
                  onRun={start}
                  onReady={onReady}
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
      <DropZone onFiles={openFiles} />
      <SameNamesDialog question={opening.question} />
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
