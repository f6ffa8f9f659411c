"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { cn } from "../ui/cn";

/** Whether what is typed is kept, in words. */
export interface SaveState {
  text: string;
  tone: "quiet" | "warn";
}

interface ProgramTitleProps {
  title: string;
  onRename: (title: string) => void;
  /** `null` when there is nothing to say. */
  saveState: SaveState | null;
}

/** The program's title, changed in place: Enter or leaving keeps it, Escape does not. */
export function ProgramTitle({ title, onRename, saveState }: ProgramTitleProps) {
  const [text, setText] = useState(title);
  const given = useRef(false);
  useEffect(() => setText(title), [title]);

  function keep(): void {
    const wanted = text.trim();
    if (!given.current && wanted !== "" && wanted !== title) onRename(wanted);
    else setText(title);
    given.current = false;
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") given.current = true;
    if (event.key === "Escape" || (event.key === "Enter" && !event.ctrlKey && !event.metaKey)) {
      event.currentTarget.blur();
    }
  }

  return (
    <div className="flex min-w-0 items-center gap-2 max-sm:hidden">
      <input
        aria-label="Title of the program"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={keep}
        maxLength={120}
        spellCheck={false}
        autoComplete="off"
        className="field-sizing-content h-8 min-w-24 max-w-64 truncate rounded-md border border-transparent bg-transparent px-2 font-medium text-base hover:border-line-strong focus-visible:border-focus focus-visible:bg-raised focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus"
      />
      {saveState ? (
        <span
          role="status"
          className={cn(
            "truncate text-sm max-lg:hidden",
            saveState.tone === "warn" ? "text-warn" : "text-faint",
          )}
        >
          {saveState.text}
        </span>
      ) : null}
    </div>
  );
}
