"use client";

import { Code2, Ellipsis, ExternalLink, Pencil, Pin, PinOff, RotateCw, Trash2 } from "lucide-react";
import { forkUrl } from "@/lib/client/fork";
import { runUrl } from "@/lib/client/run-url";
import type { RunSummary } from "@/lib/schemas/history";
import { ActionItem, ActionLink, ActionMenu, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import type { RowActions } from "./use-row-actions";

interface RowMenuProps {
  run: RunSummary;
  name: string;
  actions: RowActions;
  onRename: () => void;
}

/** The menu of a run's actions. */
export function RowMenu({ run, name, actions, onRename }: RowMenuProps) {
  const PinIcon = run.pinned ? PinOff : Pin;
  return (
    <ActionMenu
      label={`Actions for ${name}`}
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`}>
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      <ActionLink href={forkUrl(run.id)}>
        <Code2 aria-hidden="true" />
        Open in editor
      </ActionLink>
      <ActionItem onSelect={() => actions.runAgain(run)}>
        <RotateCw aria-hidden="true" />
        Run again
      </ActionItem>
      <ActionLink href={runUrl(run.id)}>
        <ExternalLink aria-hidden="true" />
        Open its page
      </ActionLink>
      <ActionSeparator />
      <ActionItem onSelect={onRename}>
        <Pencil aria-hidden="true" />
        Rename
      </ActionItem>
      <ActionItem onSelect={() => actions.pin(run, !run.pinned)}>
        <PinIcon aria-hidden="true" />
        {run.pinned ? "Unpin" : "Pin"}
      </ActionItem>
      <ActionSeparator />
      <ActionItem danger onSelect={() => actions.remove(run)}>
        <Trash2 aria-hidden="true" />
        Delete
      </ActionItem>
    </ActionMenu>
  );
}
