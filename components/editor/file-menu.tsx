"use client";

import {
  ArrowLeft,
  ArrowRight,
  Download,
  Ellipsis,
  FolderOpen,
  Pencil,
  RotateCcw,
  Trash2,
} from "lucide-react";
import { ActionItem, ActionMenu, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import type { FilesControl } from "../workbench/use-program-files";

interface FileMenuProps {
  control: FilesControl;
  isSample: boolean;
  onOpen: () => void;
  onDownload: () => void;
  onRename: () => void;
  onReset: () => void;
}

/** What can be done to the file that is shown, and to all of them. */
export function FileMenu({ control, isSample, onOpen, onDownload, onRename, onReset }: FileMenuProps) {
  const { active, mainFile, files } = control;
  const at = files.findIndex(({ path }) => path === active);
  return (
    <ActionMenu
      label="Files"
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label="File actions">
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      <ActionItem onSelect={onOpen}>
        <FolderOpen aria-hidden="true" />
        Open…
      </ActionItem>
      <ActionItem onSelect={onDownload} keys="Ctrl S">
        <Download aria-hidden="true" />
        {files.length > 1 ? "Download as a zip" : "Download"}
      </ActionItem>
      {active === mainFile ? null : (
        <>
          <ActionSeparator />
          <ActionItem onSelect={onRename} keys="F2">
            <Pencil aria-hidden="true" />
            Rename {active}
          </ActionItem>
          {at > 1 ? (
            <ActionItem onSelect={() => control.move(active, -1)} keys="Alt ⇧ ←">
              <ArrowLeft aria-hidden="true" />
              Move to the left
            </ActionItem>
          ) : null}
          {at < files.length - 1 ? (
            <ActionItem onSelect={() => control.move(active, 1)} keys="Alt ⇧ →">
              <ArrowRight aria-hidden="true" />
              Move to the right
            </ActionItem>
          ) : null}
          <ActionItem danger onSelect={() => control.remove(active)} keys="Del">
            <Trash2 aria-hidden="true" />
            Delete {active}
          </ActionItem>
        </>
      )}
      {isSample ? null : (
        <>
          <ActionSeparator />
          <ActionItem onSelect={onReset}>
            <RotateCcw aria-hidden="true" />
            Reset to sample
          </ActionItem>
        </>
      )}
    </ActionMenu>
  );
}
