"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { whenIdle } from "@/lib/client/when-idle";
import { type Action, actionFor } from "./actions";
import { isMac } from "./key-names";
import { ShortcutList } from "./shortcut-list";

const PaletteDialog = dynamic(() => import("./palette-dialog"), { ssr: false });

interface CommandsProps {
  actions: readonly Action[];
  /** In the editor, Ctrl+K is Emacs's. */
  emacs: boolean;
}

/** The palette (Ctrl+K, Ctrl+Shift+P), the shortcut list (?), and the keys of all actions. */
export function Commands({ actions, emacs }: CommandsProps) {
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  /** Loaded when the page is idle: while it comes, what is typed after Ctrl+K would go into the program. */
  const [asked, setAsked] = useState(false);
  useEffect(() => whenIdle(() => setAsked(true)), []);
  const show = (what: "palette" | "shortcuts") => {
    if (what === "palette") setAsked(true);
    setOpen(what);
  };
  const all: readonly Action[] = [
    ...actions,
    {
      ...{ id: "palette", title: "Show all commands", group: "View", keys: "Mod+K" },
      run: () => show("palette"),
    },
    {
      ...{ id: "palette-too", title: "Show all commands, as in VS Code", group: "View", keys: "Mod+Shift+P" },
      run: () => show("palette"),
    },
    {
      ...{ id: "shortcuts", title: "Show keyboard shortcuts", group: "View", keys: "?" },
      run: () => show("shortcuts"),
    },
  ];

  const latest = useRef({ all, emacs });
  useEffect(() => {
    latest.current = { all, emacs };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionFor(latest.current.all, event, isMac);
      if (!action) return;
      const within = event.target instanceof Element ? event.target : null;
      // In a terminal every key is the program's, but for those that the terminal itself has.
      if (within?.closest(".xterm")) return;
      // A key that writes something is a shortcut only where nothing is written.
      if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1 && isWritten(within))
        return;
      if (latest.current.emacs && !isMac && action.keys === "Mod+K" && within?.closest(".monaco-editor"))
        return;
      // Another dialog has the keys while it is open.
      if (
        document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"]')
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      action.run();
    };
    // Before the editor, for which Ctrl+K begins a chord.
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);

  const toggle = (isOpen: boolean) => {
    if (!isOpen) setOpen(null);
  };
  return (
    <>
      {asked ? (
        <PaletteDialog
          actions={all.filter(({ id }) => !id.startsWith("palette"))}
          open={open === "palette"}
          onOpenChange={toggle}
        />
      ) : null}
      <ShortcutList actions={all} open={open === "shortcuts"} onOpenChange={toggle} />
    </>
  );
}

function isWritten(element: Element | null): boolean {
  return (
    element?.closest('input, textarea, select, [contenteditable="true"], .monaco-editor, .xterm') != null
  );
}
