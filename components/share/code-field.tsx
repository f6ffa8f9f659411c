"use client";

import { type KeyboardEvent, useRef, useSyncExternalStore } from "react";
import { colour } from "./highlighted-code";

interface CodeFieldProps {
  label: string;
  code: string;
  /** A language id; unknown ones are shown as plain text. */
  language: string;
  onChange: (code: string) => void;
  onRun: () => void;
}

const INDENT = "    ";
const TEXT = "col-start-1 row-start-1 m-0 whitespace-pre px-4 py-3 font-mono text-base [tab-size:4]";

/**
 * A small editor: a text field over the same text in colours. Tab indents; after Escape it moves on, so that the keyboard gets out of the field.
 */
export function CodeField({ label, code, language, onChange, onRun }: CodeFieldProps) {
  const leaving = useRef(false);
  const hydrated = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const { key, ctrlKey, metaKey, shiftKey, altKey, nativeEvent } = event;
    if (nativeEvent.isComposing) return;
    if (key === "Enter" && (ctrlKey || metaKey)) {
      event.preventDefault();
      onRun();
    } else if (key === "Enter" && !shiftKey && !altKey) {
      const { value, selectionStart } = event.currentTarget;
      const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
      event.preventDefault();
      insert(`\n${/^[ \t]*/.exec(line)?.[0] ?? ""}`);
    } else if (key === "Tab" && !shiftKey && !leaving.current) {
      event.preventDefault();
      insert(INDENT);
    }
    leaving.current = key === "Escape";
  }

  return (
    // In one cell of a grid, so that text and field are of one size and scroll as one.
    <div dir="ltr" className="grid min-h-full min-w-full overflow-auto">
      <pre aria-hidden="true" className={TEXT}>
        <code>{colour(code, language)}</code>
        {"\n"}
      </pre>
      <textarea
        aria-label={label}
        aria-describedby="code-field-keys"
        value={code}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        // React writes its own text over whatever was typed before hydration.
        readOnly={!hydrated}
        wrap="off"
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        className={`${TEXT} resize-none overflow-hidden bg-transparent text-transparent caret-ink outline-none focus-visible:outline-2 focus-visible:outline-focus focus-visible:outline-offset-[-2px]`}
      />
      <p id="code-field-keys" className="sr-only">
        Tab indents. Press Escape, then Tab, to leave the program.
      </p>
    </div>
  );
}

/** As if it was typed, so that the browser's undo knows it; there is no other way to tell it. */
function insert(text: string): void {
  document.execCommand("insertText", false, text);
}
