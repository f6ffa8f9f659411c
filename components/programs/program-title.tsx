"use client";

import {
  Check,
  ChevronDown,
  CloudOff,
  CopyPlus,
  FilePlus2,
  FolderOpen,
  History,
  Link2,
  Pencil,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import type { SaveState } from "@/lib/client/programs/desk";
import { toast } from "@/lib/client/toast";
import type { DraftControl } from "@/lib/client/use-draft";
import type { LanguageInfo } from "@/lib/schemas/language";
import { RenameField } from "../history/rename-field";
import { copyText } from "../share/copy-text";
import { ActionItem, ActionMenu, ActionPage, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { Tooltip } from "../ui/tooltip";

interface ProgramTitleProps {
  language: LanguageInfo | null;
  drafts: DraftControl;
}

/** What the program in the editor is called, how far it is saved, and what can be done with it. */
export function ProgramTitle({ language, drafts }: ProgramTitleProps) {
  const [renaming, setRenaming] = useState(false);
  const { program } = drafts;
  // The button is as wide as its title, so drawing it without one would shift the buttons after it.
  if (!language) return null;
  const name = program?.title ?? `${language.name} sample`;
  if (renaming && program) {
    return (
      <div className="min-w-0 flex-1 px-2 sm:max-w-72">
        <RenameField
          title={program.title}
          onDone={(title) => {
            setRenaming(false);
            if (title !== null && title !== program.title) drafts.rename(title);
          }}
        />
      </div>
    );
  }
  return (
    <div className="flex min-w-0 items-center gap-2 max-sm:hidden">
      <ActionMenu
        label="Program"
        trigger={
          <Button
            variant="ghost"
            aria-label={`Program: ${name}`}
            className="min-w-0 max-w-60 shrink max-md:px-2 lg:max-w-52"
          >
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden="true" className="-mr-1 opacity-70" />
          </Button>
        }
      >
        <ProgramItems language={language} drafts={drafts} onRename={() => setRenaming(true)} />
        <ActionSeparator />
        <ActionPage href="/programs">
          <FolderOpen aria-hidden="true" />
          All programs
        </ActionPage>
      </ActionMenu>
      {/* Nothing to say of what nobody has changed. */}
      {program && program.saved.name !== "local" ? <SavedState state={program.saved} /> : null}
    </div>
  );
}

/** What can be done with the program, as entries of a menu; where there is no room for the title, of the page's. */
export function ProgramItems({ language, drafts, onRename }: ProgramTitleProps & { onRename?: () => void }) {
  const { program } = drafts;
  return (
    <>
      <ActionItem onSelect={drafts.fresh}>
        <FilePlus2 aria-hidden="true" />
        New program
      </ActionItem>
      {program && onRename ? (
        <ActionItem onSelect={onRename}>
          <Pencil aria-hidden="true" />
          Rename
        </ActionItem>
      ) : null}
      {program ? (
        <ActionItem onSelect={() => duplicate(language, drafts)}>
          <CopyPlus aria-hidden="true" />
          Duplicate
        </ActionItem>
      ) : null}
      <ActionItem onSelect={() => void copyLink(language, drafts)}>
        <Link2 aria-hidden="true" />
        Copy link with the program
      </ActionItem>
      {program?.hasAddress ? (
        <ActionPage href={`/history?program=${program.id}`}>
          <History aria-hidden="true" />
          Its runs
        </ActionPage>
      ) : null}
    </>
  );
}

function duplicate(language: LanguageInfo | null, { draft, program, put }: DraftControl): void {
  if (!language || !draft || !program) return;
  const title = `${program.title.replace(/ \(copy\)$/, "").slice(0, 180)} (copy)`;
  put(language.id, draft, { title, save: true });
  toast("The copy is in the editor");
}

async function copyLink(language: LanguageInfo | null, { draft, program }: DraftControl): Promise<void> {
  if (!language || !draft) return;
  const { linkOf } = await import("@/lib/client/programs/link");
  const title = program?.titleSource === "typed" ? program.title : "";
  const link = linkOf({ language: language.id, title, content: draft });
  if (link.ok) await copyText(`${window.location.origin}/#${link.fragment}`, "Link with the program copied");
  else toast("The program is too long for a link", { description: link.message });
}

type Told = Exclude<SaveState, { name: "local" }>;

/** Words for every state; the icon alone where there is no room for them. */
function SavedState({ state }: { state: Told }) {
  const { icon, words, detail } = shown(state);
  return (
    <Tooltip label={detail ?? words}>
      {/* Every "Saved" said aloud would be a word a second; what is wrong is worth one. */}
      <p
        role={detail === undefined ? undefined : "status"}
        className="flex shrink-0 items-center gap-1.5 text-muted text-sm [&_svg]:size-3.5"
      >
        {icon}
        <span className="max-2xl:sr-only">{words}</span>
      </p>
    </Tooltip>
  );
}

function shown(state: Told) {
  switch (state.name) {
    case "saving":
      return { icon: <Spinner />, words: "Saving…" };
    case "saved":
      return { icon: <Check aria-hidden="true" />, words: "Saved" };
    case "offline":
      return {
        icon: <CloudOff aria-hidden="true" className="text-warn" />,
        words: "Offline, kept in this browser",
        detail: state.message,
      };
    case "refused":
      return {
        icon: <TriangleAlert aria-hidden="true" className="text-warn" />,
        words: "Not saved on the server, kept in this browser",
        detail: state.message,
      };
  }
}
