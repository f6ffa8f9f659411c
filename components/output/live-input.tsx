"use client";

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { splitLines, typedInput } from "@/lib/client/typed-input";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";
import { useLiveFocus } from "./use-focus";

interface LiveInputProps {
  inputRef: RefObject<HTMLTextAreaElement | null>;
  /** Has the focus when the field goes away with it. */
  after: RefObject<HTMLElement | null>;
  /** Changes with each output. A pause after it suggests that the program waits for input. */
  activity: number;
  /** One or more lines, each with its newline. */
  onLines: (text: string) => void;
  onEnd: () => void;
}

/** Silence after which the field has the focus, and after which the hint about waiting for input is shown. */
const FOCUS_AFTER_MS = 300;
const HINT_AFTER_MS = 700;

/**
 * Standard input of the running program. A text area, since an `<input>` strips newlines from pasted text: any newline that
 * gets into it (Enter, pasting, a phone's keyboard) sends the lines before it.
 */
export function LiveInput({ inputRef, after, activity, onLines, onEnd }: LiveInputProps) {
  const [text, setText] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const silent = useSilence(activity, HINT_AFTER_MS);
  const wanted = useSilence(activity, FOCUS_AFTER_MS);
  useLiveFocus({ field: inputRef, box, after, wanted });

  function onText(typed: string): void {
    const { complete, rest } = splitLines(typed);
    if (complete !== "") onLines(complete);
    setText(rest);
  }

  function end(): void {
    // An unfinished line is sent before the end of input, as in a terminal.
    if (text !== "") onLines(typedInput(text));
    setText("");
    onEnd();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "d" || !event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    end();
  }

  return (
    <div ref={box} className="border-line border-t bg-surface px-3 py-2">
      <p aria-live="polite" className="h-4 px-1 text-accent-ink text-sm">
        {silent ? "The program may be waiting for input." : ""}
      </p>
      <div className="mt-1.5 flex items-center gap-2">
        <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md border border-line-strong bg-canvas px-2.5 focus-within:border-focus focus-within:ring-1 focus-within:ring-focus pointer-coarse:h-11">
          <span aria-hidden="true" className="font-mono text-accent-ink">
            ›
          </span>
          <span className="sr-only">Program input</span>
          <textarea
            ref={inputRef}
            value={text}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={onKeyDown}
            rows={1}
            wrap="off"
            placeholder="Type input, Enter sends"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="send"
            className="h-5 min-w-0 flex-1 resize-none overflow-hidden bg-transparent font-mono text-base outline-none placeholder:text-faint"
          />
        </label>
        <Button onClick={end} aria-label="End input (Ctrl+D)" className="pointer-coarse:h-11">
          End input
          <Kbd className="max-sm:hidden">Ctrl D</Kbd>
        </Button>
      </div>
    </div>
  );
}

function useSilence(activity: number, ms: number): boolean {
  const [silent, setSilent] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: activity is the very thing to react to
  useEffect(() => {
    setSilent(false);
    const timer = setTimeout(() => setSilent(true), ms);
    return () => clearTimeout(timer);
  }, [activity, ms]);
  return silent;
}
