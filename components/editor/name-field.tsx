"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";

interface NameFieldProps {
  label: string;
  initial: string;
  /** Why a name cannot be taken. */
  problemOf: (name: string) => string | null;
  onDone: (name: string) => void;
  onCancel: () => void;
}

/** A file's name while it is typed: Enter or leaving takes it, Escape does not. What is wrong with it is said at each key. */
export function NameField({ label, initial, problemOf, onDone, onCancel }: NameFieldProps) {
  const id = useId();
  const [name, setName] = useState(initial);
  const ended = useRef(false);
  // Nothing is typed yet: no reason to complain.
  const problem = name === "" ? null : problemOf(name);

  function end(keep: boolean): void {
    if (ended.current) return;
    ended.current = true;
    if (keep && name !== "" && problem === null) onDone(name);
    else onCancel();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") end(false);
    else if (event.key === "Enter" && name !== "" && problem === null) end(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="relative">
      <input
        ref={(field) => {
          if (!field || document.activeElement === field || ended.current) return;
          field.focus();
          // Typing replaces the name and leaves its ending.
          field.setSelectionRange(field.value.lastIndexOf("/") + 1, endOfName(field.value));
        }}
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => end(true)}
        placeholder="name.txt"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        className="h-8 w-52 rounded-md border border-focus bg-raised px-2 font-mono text-base outline-none ring-1 ring-focus aria-invalid:border-bad aria-invalid:ring-bad"
      />
      <p
        id={`${id}-problem`}
        aria-live="polite"
        className="absolute top-full left-0 z-20 mt-1 w-64 rounded-md border border-bad bg-raised px-2 py-1 text-bad text-sm shadow-pop empty:hidden"
      >
        {problem}
      </p>
    </div>
  );
}

function endOfName(path: string): number {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") + 1 ? dot : path.length;
}
