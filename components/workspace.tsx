"use client";

import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { useViewerLimits } from "@/lib/client/account";
import type { Draft } from "@/lib/client/drafts";
import type { GivenFile } from "@/lib/client/opened-files";
import type { Problem } from "@/lib/client/problem";
import { isActive } from "@/lib/client/run-state";
import { createRunStore } from "@/lib/client/run-store";
import { saveProgram } from "@/lib/client/save-program";
import type { PanelId } from "@/lib/client/settings";
import { toast } from "@/lib/client/toast";
import { sampleDraft, useDraft } from "@/lib/client/use-draft";
import { useLanguages } from "@/lib/client/use-languages";
import { useLastRun } from "@/lib/client/use-last-run";
import { usePreferences } from "@/lib/client/use-preferences";
import { usePrewarm } from "@/lib/client/use-prewarm";
import { useRecentLanguages } from "@/lib/client/use-recent-languages";
import { useSettings } from "@/lib/client/use-settings";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { EditorHandle } from "./editor/code-editor";
import { EditorPane } from "./editor/editor-pane";
import { LanguageChoice } from "./editor/language-choice";
import { Header } from "./header";
import { RecentPanel, RecentToggle, useRecentPanel } from "./history/recent-panel";
import { useRestoreRun } from "./history/use-restore-run";
import { FailureCard } from "./output/failure-card";
import { ProgramTitle } from "./programs/program-title";
import { usePrograms } from "./programs/use-programs";
import { type Side, SplitView } from "./split-view";
import { StatusBar } from "./status-bar";
import { useTests } from "./tests/use-tests";
import { ThemeToggle } from "./theme-toggle";
import { TooltipProvider } from "./ui/tooltip";
import { Commands } from "./workbench/commands";
import { DropZone } from "./workbench/drop-zone";
import { ExamplesButton, ExamplesDialog } from "./workbench/examples-dialog";
import { RunButton } from "./workbench/run-button";
import { SameNamesDialog } from "./workbench/same-names-dialog";
import { useActions } from "./workbench/use-actions";
import { NO_DIAGNOSTICS, useDiagnostics } from "./workbench/use-diagnostics";
import { useExamplePicker } from "./workbench/use-example-picker";
import { useOfflineEditor } from "./workbench/use-offline-editor";
import { useOpenFiles } from "./workbench/use-open-files";
import { useProgramFiles } from "./workbench/use-program-files";
import { useRunControl } from "./workbench/use-run-control";
import { useToastPlace } from "./workbench/use-toast-place";
import { useRunKey, useSaveKey } from "./workbench/use-window-events";
import { workspaceActions } from "./workbench/workspace-actions";
import { WorkspaceMenu } from "./workbench/workspace-menu";
import { workspacePanels } from "./workbench/workspace-panels";

const FORMAT = "editor.action.formatDocument";
const NO_TESTS: Draft["tests"] = [];

/** The IDE, with one provider for all of its tooltips. */
export function Workspace() {
  return (
    <TooltipProvider>
      <Ide />
    </TooltipProvider>
  );
}

/** Connects editor, run, drafts and settings. */
function Ide() {
  const [settings, updateSettings] = useSettings();
  const [languagesState, reloadLanguages] = useLanguages(settings.language);
  const [preferences, changePreferences] = usePreferences();
  const languages = useViewerLimits(languagesState.name === "ready" ? languagesState.languages : null);
  const language = languages?.find(({ id }) => id === settings.language) ?? languages?.[0] ?? null;
  const drafts = useDraft(language, languages);
  const [store] = useState(createRunStore);
  const run = useSyncExternalStore(store.subscribe, store.get, store.get);
  const [side, setSide] = useState<Side>("code");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const editor = useRef<EditorHandle | null>(null);
  const liveInput = useRef<HTMLTextAreaElement>(null);
  const [optionsOpen, setOptionsOpen] = useState(false);
  const hasOptions = language !== null && language.options.length > 0;
  const { draft } = drafts;
  const program = drafts.program?.id ?? language?.id ?? "";
  const active = isActive(run);
  const preparing =
    languagesState.name === "ready" ? languagesState.preparing[language?.id ?? ""] : undefined;
  const show = useCallback(
    (panel: PanelId) => {
      updateSettings({ panel });
      setSide("panel");
    },
    [updateSettings],
  );
  const control = useRunControl({ store, program, language, draft, ofRun: drafts.ofRun, onShow: show });
  const { runDraft, start, stop } = control;
  const onTests = useCallback(() => show("tests"), [show]);
  const tests = useTests({
    run,
    store,
    program,
    draft,
    ofRun: drafts.ofRun,
    onStart: onTests,
    onBadArgs: control.onBadArgs,
  });
  const startTests = (places?: readonly number[]) => {
    if (language && draft) tests.start(language.id, draft, places);
  };

  const examples = useExamplePicker(drafts, () => setSide("code"));
  const files = useProgramFiles(language, { draft, update: examples.edit });
  const runLanguage = languages?.find(({ id }) => id === run.language) ?? null;
  const ofRun = language !== null && run.language === language.id;
  const diagnostics = useDiagnostics(run, runLanguage, files.files);

  useRunKey(start);
  useToastPlace(side);
  useOfflineEditor();
  usePrewarm(language?.id ?? null, draft?.code, reloadLanguages);
  useLastRun(store, program === "" ? null : program);
  const onLanguage = useCallback((id: string) => updateSettings({ language: id }), [updateSettings]);
  const remember = useRecentLanguages(updateSettings, active ? run.language : null);
  const pickLanguage = (id: string) => {
    remember(id);
    onLanguage(id);
  };
  usePrograms({ languages, language, drafts, onLanguage });
  const onRun = useCallback(
    (ran: LanguageInfo, again: Draft) =>
      again.tests.length > 0 ? tests.start(ran.id, again) : runDraft(ran, again),
    [tests.start, runDraft],
  );
  const restoreRun = useRestoreRun({ languages, language, drafts, onLanguage, onRun });
  const opening = useOpenFiles({ languages, language, drafts, onLanguage, onShow: files.select });
  const openFiles = useCallback((given: GivenFile[]) => void opening.open(given), [opening.open]);
  const recent = useRecentPanel(settings.recentOpen, (recentOpen) => updateSettings({ recentOpen }));

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
  const getEditor = useCallback(() => editor.current, []);

  function download(): void {
    if (!language || !draft) return;
    const main = { path: language.mainFile, content: draft.code };
    void saveProgram(language.id, main, draft.files);
  }
  useSaveKey(download);

  function jump({ line, column, file }: Pick<Diagnostic, "line" | "column" | "file">): void {
    const path = file ?? files.mainFile;
    // At once, so that what is typed next arrives there: the file and, on a phone, the editor are shown before the jump.
    flushSync(() => {
      files.select(path);
      setSide("code");
    });
    editor.current?.jump(path, line, column);
  }

  /** What a run named is in the program of its language. */
  function jumpInRun(place: Diagnostic): void {
    if (runLanguage && !ofRun) updateSettings({ language: runLanguage.id });
    jump(place);
  }

  const actions = useActions({
    ...{ languages, language, active, ready: draft !== null, editor: getEditor },
    ...{ onRun: () => start(), onStop: stop, onReset: reset, onLanguage: pickLanguage },
    onFormat: () => editor.current?.command(FORMAT),
    onExamples: examples.show,
    more: workspaceActions({
      ...{ ready: draft !== null, active, hasRepl: language?.repl === true, hasOptions },
      ...{ hasTests: tests.results.length > 0, onRun: start, onRunTests: () => startTests() },
      ...{ onOptions: () => setOptionsOpen(true), onDownload: download },
    }),
  });

  const panels = workspacePanels({
    active,
    output: {
      ...{ run, language: runLanguage, diagnostics, wrap: settings.wrap, inputRef: liveInput },
      ...{ terminal: store.terminal(), onTerminalSize: store.resize },
      ...{ onClear: store.clear, onRetry: () => start(), onExamples: examples.show, onJump: jumpInRun },
      ...{ onLines: control.type, onEndInput: control.endInput },
      onWrap: (wrap) => updateSettings({ wrap }),
    },
    tests: {
      ...{ tests: draft?.tests ?? NO_TESTS, results: tests.results, last: tests.last },
      ...{ active: active || draft === null, onRun: startTests },
      onChange: (next) => drafts.update({ tests: next }),
    },
    input: {
      ...{ stdin: draft?.stdin ?? "", args: draft?.args ?? "", disabled: draft === null },
      ...{
        onStdin: (stdin) => drafts.update({ stdin }),
        onArgs: (args) => drafts.update({ args }),
      },
    },
    problems: { problems, onJump: jump },
  });

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
          <WorkspaceMenu
            language={language}
            drafts={drafts}
            onExamples={examples.show}
            onOptions={hasOptions ? () => setOptionsOpen(true) : null}
            onRecent={recent.toggle}
          />
        }
      >
        <LanguageChoice
          languages={languages}
          recent={settings.recentLanguages}
          value={language}
          onLanguage={pickLanguage}
          onList={reloadLanguages}
          chosen={draft?.options}
          onChosen={(options) => drafts.update({ options })}
          open={optionsOpen}
          onOpenChange={setOptionsOpen}
        />
        <ProgramTitle language={language} drafts={drafts} />
        <RunButton
          active={active}
          stopping={run.stopping}
          ready={draft !== null}
          hasRepl={language?.repl === true}
          onRun={() => start()}
          onRunInTerminal={() => start("terminal")}
          onRunTests={() => (tests.results.length > 0 ? startTests() : show("tests"))}
          onRepl={() => start("repl")}
          onStop={stop}
        />
        <div className="flex gap-1 max-sm:hidden">
          <ExamplesButton onClick={examples.show} />
          <RecentToggle panel={recent} />
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
                  program={program}
                  isSample={drafts.isSample}
                  unsaved={drafts.unsaved}
                  diagnostics={ofRun ? diagnostics : NO_DIAGNOSTICS}
                  preferences={preferences}
                  onReset={reset}
                  onOpenFiles={openFiles}
                  onDownload={download}
                  onRun={() => start()}
                  onReady={onReady}
                  onProblems={setProblems}
                />
              }
            />
          )}
        </main>
        <RecentPanel
          panel={recent}
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
        open={examples.open}
        onOpenChange={examples.onOpenChange}
        onPick={examples.pick}
      />
      <Commands actions={actions} emacs={preferences.keyMap === "emacs"} />
      <DropZone onFiles={openFiles} />
      <SameNamesDialog question={opening.question} />
      <StatusBar
        language={language}
        preparing={preparing ?? null}
        usage={run.phase.name === "done" ? run.phase.result.usage : null}
      />
    </div>
  );
}
