"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { MAX_TITLE_CHARS } from "@/lib/schemas/limits";

interface RenameFieldProps {
  title: string | null;
  /** `null` when cancelled. */
  onDone: (title: string | null) => void;
}

/** Edits a run's title in place. Enter and blur commit, Escape cancels. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const [text, setText] = useState(title ?? "");
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);

  useEffect(() => {
    // After the closing menu has returned the focus.
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);

  function finish(next: string | null): void {
    if (done.current) return;
    done.current = true;
    onDone(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") finish(text.trim());
    if (event.key === "Escape") finish(null);
  }

  return (
    <input
      ref={field}
      // biome-ignore lint/a11y/noAutofocus: asked for a moment ago, by the person whose focus it is
      autoFocus
      aria-label="Title"
      value={text}
      maxLength={MAX_TITLE_CHARS}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(text.trim())}
      placeholder="Title"
      autoComplete="off"
      className="-my-0.5 -ml-1.5 h-6 w-full max-w-96 rounded-sm border border-focus bg-surface px-1.5 text-base outline-none ring-1 ring-focus placeholder:text-faint"
    />
  );
}
