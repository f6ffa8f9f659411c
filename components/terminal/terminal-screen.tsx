"use client";

import { Ear, Search } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Terminal, TerminalState } from "@/lib/client/terminal";
import type { TerminalSize } from "@/lib/schemas/run";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";
import { Tooltip } from "../ui/tooltip";
import { LEAVE_KEYS, type PageKey, sentFor } from "./terminal-keys";
import { TerminalSearch } from "./terminal-search";
import { TouchKeys } from "./touch-keys";
import { useXterm } from "./use-xterm";

export interface TerminalScreenProps {
  /** `null` while the run is on its way. */
  terminal: Terminal | null;
  fontSize: number;
  screenReader: boolean;
  onScreenReader: (on: boolean) => void;
  onResize: (size: TerminalSize) => void;
}

const NOTHING = () => () => {};

/** A run's terminal: what its program draws, and the keys that go to it. */
export function TerminalScreen(props: TerminalScreenProps) {
  const { terminal, fontSize, screenReader, onScreenReader, onResize } = props;
  const host = useRef<HTMLDivElement>(null);
  const way = useRef<HTMLButtonElement>(null);
  const [searching, setSearching] = useState(false);
  const state = useSyncExternalStore(
    terminal?.subscribe ?? NOTHING,
    () => terminal?.state ?? "connecting",
    () => "connecting" as TerminalState,
  );

  function pageKey(key: PageKey): void {
    if (key === "search") setSearching(true);
    if (key === "leave") way.current?.focus();
    const selected = xterm?.view.getSelection();
    if (key === "copy" && selected) void copyText(selected, "Copied");
  }

  const xterm = useXterm(host, { terminal, fontSize, screenReader, onResize, onPageKey: pageKey });
  const ended = state === "ended";
  // With each run: whoever has started it types next.
  useEffect(() => {
    if (terminal) xterm?.view.focus();
  }, [xterm, terminal]);

  function type(sends: string): void {
    if (!xterm) return;
    xterm.view.input(sentFor(sends, xterm.view.modes.applicationCursorKeysMode));
    xterm.view.focus();
  }

  return (
    <section aria-label="Terminal" className="relative flex min-h-0 flex-1 flex-col">
      {state === "lost" ? (
        <p role="alert" className="border-line border-b bg-warn-wash px-4 py-1.5 text-base text-warn">
          The connection is lost. The program goes on; connecting again…
        </p>
      ) : null}
      <div ref={host} className="min-h-0 flex-1 overflow-hidden bg-canvas py-2 pl-4 font-mono" />
      {searching && xterm ? (
        <TerminalSearch
          search={xterm.search}
          onClose={() => {
            setSearching(false);
            xterm.view.focus();
          }}
        />
      ) : null}
      <div className="flex h-9 pointer-coarse:h-12 shrink-0 items-center gap-1 border-line border-t bg-surface pr-2 pl-4 text-faint text-sm">
        <p className="flex min-w-0 flex-1 items-center gap-1 truncate">
          {ended ? (
            "The program has ended."
          ) : (
            <span className="flex pointer-coarse:hidden items-center gap-1">
              {LEAVE_KEYS.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
              <span className="ml-1">leaves the terminal</span>
            </span>
          )}
        </p>
        <Tooltip label="Search (Ctrl+Shift+F)" side="top">
          <Button
            ref={way}
            variant="ghost"
            size="icon-sm"
            aria-label="Search the terminal"
            className="pointer-coarse:size-11"
            onClick={() => setSearching(true)}
          >
            <Search aria-hidden="true" />
          </Button>
        </Tooltip>
        <Tooltip label="Read aloud by a screen reader" side="top">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Screen reader mode"
            aria-pressed={screenReader}
            onClick={() => onScreenReader(!screenReader)}
            className="pointer-coarse:size-11 aria-pressed:text-accent-ink"
          >
            <Ear aria-hidden="true" />
          </Button>
        </Tooltip>
      </div>
      {ended ? null : <TouchKeys onKey={type} />}
    </section>
  );
}
