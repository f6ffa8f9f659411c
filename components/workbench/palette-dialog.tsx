"use client";

import { Command } from "cmdk";
import { Dialog as Primitive } from "radix-ui";
import { useRef } from "react";
import { useReturnFocus } from "../ui/use-return-focus";
import { ACTION_GROUPS, type Action } from "./actions";
import { KeyNames } from "./key-names";

interface PaletteDialogProps {
  actions: readonly Action[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Everything that can be done, found by a few letters of its name. A module of its own, loaded when it is first opened. */
export default function PaletteDialog({ actions, open, onOpenChange }: PaletteDialogProps) {
  const chosen = useRef<Action | null>(null);
  const offered = actions.filter(({ enabled = true }) => enabled);

  function choose(action: Action): void {
    chosen.current = action;
    onOpenChange(false);
  }

  /** After the focus is back where it was, so that the action can move it. */
  function onClosed(): void {
    const action = chosen.current;
    chosen.current = null;
    if (action) setTimeout(action.run);
  }
  const returnFocus = useReturnFocus(onClosed);

  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fade-in-0 fixed inset-0 z-40 animate-in bg-[rgb(0_0_0/40%)] duration-100" />
        <Primitive.Content
          aria-describedby={undefined}
          {...returnFocus}
          className="fade-in-0 -translate-x-1/2 fixed top-[min(12vh,6rem)] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] animate-in overflow-hidden rounded-lg border border-line-strong bg-raised shadow-pop outline-none duration-100"
        >
          <Primitive.Title className="sr-only">Commands</Primitive.Title>
          <Command label="Commands" loop>
            <Command.Input
              placeholder="What do you want to do?"
              className="h-11 w-full border-line border-b bg-transparent px-4 text-lg outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[min(60vh,26rem)] overflow-y-auto p-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-sm">
              <Command.Empty className="px-3 py-6 text-center text-base text-muted">
                Nothing matches.
              </Command.Empty>
              {ACTION_GROUPS.map((group) => {
                const members = offered.filter((action) => action.group === group);
                if (members.length === 0) return null;
                return (
                  <Command.Group key={group} heading={group}>
                    {members.map((action) => (
                      <Command.Item
                        key={action.id}
                        value={action.title}
                        keywords={[group, ...(action.words ?? [])]}
                        onSelect={() => choose(action)}
                        className="flex min-h-9 cursor-pointer select-none items-center justify-between gap-3 rounded-md px-3 text-base aria-selected:bg-hover max-sm:min-h-11"
                      >
                        {action.title}
                        {action.keys === undefined ? null : <KeyNames keys={action.keys} />}
                      </Command.Item>
                    ))}
                  </Command.Group>
                );
              })}
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
