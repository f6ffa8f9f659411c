"use client";

import { Dialog } from "../ui/dialog";
import { ACTION_GROUPS, type Action } from "./actions";
import { KeyNames } from "./key-names";

interface ShortcutListProps {
  actions: readonly Action[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The actions that have keys. */
export function ShortcutList({ actions, open, onOpenChange }: ShortcutListProps) {
  const withKeys = actions.filter(({ keys }) => keys !== undefined);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label="Shortcuts"
        className="mt-3 max-h-[min(65vh,32rem)] space-y-4 overflow-y-auto"
      >
        {ACTION_GROUPS.filter((group) => withKeys.some((action) => action.group === group)).map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 font-medium text-muted text-sm">{group}</h3>
            <dl>
              {withKeys
                .filter((action) => action.group === group)
                .map(({ id, title, keys = "" }) => (
                  <div key={id} className="flex min-h-8 items-center justify-between gap-3 text-base">
                    <dt>{title}</dt>
                    <dd>
                      <KeyNames keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
