import { History, Shapes, SlidersHorizontal } from "lucide-react";
import type { DraftControl } from "@/lib/client/use-draft";
import type { LanguageInfo } from "@/lib/schemas/language";
import { ProgramItems } from "../programs/program-title";
import { ThemeItem } from "../theme-toggle";
import { ActionItem } from "../ui/action-menu";

interface WorkspaceMenuProps {
  language: LanguageInfo | null;
  drafts: DraftControl;
  onExamples: () => void;
  /** `null` where the language has none. */
  onOptions: (() => void) | null;
  onRecent: () => void;
}

/** The editor's own entries in the header's menu: what a narrow window has no room for in the header itself. */
export function WorkspaceMenu({ language, drafts, onExamples, onOptions, onRecent }: WorkspaceMenuProps) {
  return (
    <>
      <div className="sm:hidden">
        <ProgramItems language={language} drafts={drafts} />
      </div>
      <div className="lg:hidden">
        <ActionItem onSelect={onExamples}>
          <Shapes aria-hidden="true" />
          Examples
        </ActionItem>
      </div>
      {onOptions ? (
        <div className="lg:hidden">
          <ActionItem onSelect={onOptions}>
            <SlidersHorizontal aria-hidden="true" />
            Language options
          </ActionItem>
        </div>
      ) : null}
      <ActionItem onSelect={onRecent}>
        <History aria-hidden="true" />
        Recent runs
      </ActionItem>
      <ThemeItem />
    </>
  );
}
