"use client";

import { RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import type { Draft } from "@/lib/client/drafts";
import type { Diagnostic } from "@/lib/languages/editor";
import type { Preferences } from "@/lib/schemas/account";
import type { LanguageInfo } from "@/lib/schemas/language";
import { Button } from "../ui/button";
import { Tooltip } from "../ui/tooltip";
import type { EditorHandle } from "./code-editor";
import { EditorSkeleton } from "./editor-skeleton";
import { FileStrip } from "./file-strip";
import { InputDock } from "./input-dock";

/** Monaco is a megabyte and needs `window`: loaded after the page, and never on the server. */
const loadEditor = () => import("./code-editor");
const CodeEditor = dynamic(loadEditor, { ssr: false, loading: EditorSkeleton });
// At once, and not when the languages have come and it is drawn: it is the largest of all. This module is loaded in browsers only.
loadEditor().catch(() => {});

interface EditorPaneProps {
  language: LanguageInfo | null;
  draft: Draft | null;
  epoch: number;
  isSample: boolean;
  /** The browser refuses to store drafts. */
  unsaved: boolean;
  diagnostics: readonly Diagnostic[];
  preferences: Preferences;
  inputOpen: boolean;
  onDraft: (patch: Partial<Draft>) => void;
  onReset: () => void;
  onInputOpen: (open: boolean) => void;
  onRun: () => void;
  onReady: (handle: EditorHandle | null) => void;
}

/** The program: code, additional files, input and arguments. */
export function EditorPane(props: EditorPaneProps) {
  const { language, draft, onDraft } = props;
  return (
    <section
      aria-label="Program"
      id="program"
      tabIndex={-1}
      className="flex h-full min-h-0 flex-col bg-surface outline-none"
    >
      <div className="flex h-10 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
        <h2 className="flex min-w-0 items-baseline gap-3 font-medium text-base">
          <span className="font-mono">{language?.mainFile ?? "\u00a0"}</span>
          {props.unsaved ? (
            <span className="truncate font-normal text-sm text-warn">
              Not saved: the browser's storage is full or blocked
            </span>
          ) : null}
        </h2>
        <Tooltip label="Put the sample program back">
          <Button variant="ghost" size="sm" disabled={!language || props.isSample} onClick={props.onReset}>
            <RotateCcw aria-hidden="true" />
            Reset to sample
          </Button>
        </Tooltip>
      </div>
      <div className="min-h-0 flex-1">
        {language && draft ? (
          <CodeEditor
            language={language}
            code={draft.code}
            files={draft.files}
            epoch={props.epoch}
            diagnostics={props.diagnostics}
            preferences={props.preferences}
            onChange={(code) => onDraft({ code })}
            onRun={props.onRun}
            onReady={props.onReady}
          />
        ) : (
          <EditorSkeleton />
        )}
      </div>
      <FileStrip files={draft?.files ?? []} onFiles={(files) => onDraft({ files })} />
      <InputDock
        stdin={draft?.stdin ?? ""}
        args={draft?.args ?? ""}
        disabled={draft === null}
        open={props.inputOpen}
        onOpen={props.onInputOpen}
        onStdin={(stdin) => onDraft({ stdin })}
        onArgs={(args) => onDraft({ args })}
      />
    </section>
  );
}
