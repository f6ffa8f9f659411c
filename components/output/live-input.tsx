"use client";

import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";

interface LiveInputProps {
  inputRef: RefObject<HTMLInputElement | null>;
  /** Changes with each output; silence after it is what suggests that the program waits. */
  activity: number;
  onLine: (text: string) => void;
  onEnd: () => void;
}

/** How long a program must be silent before it is said that it may be waiting. */
const SILENCE_MS = 700;

/** Standard input of a running program: a line at a time, and its end. */
export function LiveInput({ inputRef, activity, onLine, onEnd }: LiveInputProps) {
  const [text, setText] = useState("");
  const silent = useSilence(activity);

  function onKeyDown(event: KeyboardEvent): void {
    // A composition's Enter picks a word; it does not send the line.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onLine(`${text}\n`);
      setText("");
    } else if (event.key === "d" && event.ctrlKey) {
      event.preventDefault();
      // As in a terminal: what is on the line goes with the end of input.
      if (text !== "") onLine(text);
      setText("");
      onEnd();
    }
  }

  return (
    <div className="border-line border-t bg-surface px-3 py-2">
      <p aria-live="polite" className="h-4 px-1 text-accent-ink text-sm">
        {silent ? "The program may be waiting for input." : ""}
      </p>
      <div className="mt-1.5 flex items-center gap-2">
        <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md border border-line-strong bg-canvas px-2.5 focus-within:border-focus focus-within:ring-1 focus-within:ring-focus">
          <span aria-hidden="true" className="font-mono text-accent-ink">
            ›
          </span>
          <span className="sr-only">Program input</span>
          <input
            ref={inputRef}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            placeholder="Type input, Enter sends"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="send"
            className="min-w-0 flex-1 bg-transparent font-mono text-base outline-none placeholder:text-faint"
          />
        </label>
        <Button onClick={onEnd} aria-label="End input (Ctrl+D)">
          End input
          <Kbd className="max-sm:hidden">Ctrl D</Kbd>
        </Button>
      </div>
    </div>
  );
}

function useSilence(activity: number): boolean {
  const [silent, setSilent] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: activity is the very thing to react to
  useEffect(() => {
    setSilent(false);
    const timer = setTimeout(() => setSilent(true), SILENCE_MS);
    return () => clearTimeout(timer);
  }, [activity]);
  return silent;
}
