"use client";

import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Redo2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { EditorHandle } from "./code-editor";

interface Key {
  name: string;
  sign: ReactNode;
  press: (editor: EditorHandle) => void;
}

const text = (sign: string, name = sign): Key => ({ name, sign, press: (editor) => editor.type(sign) });
const command = (name: string, sign: ReactNode, id: string): Key => ({
  name,
  sign,
  press: (editor) => editor.command(id),
});

/** What the keyboard of a phone has only behind two taps, most wanted first. */
const KEYS: readonly Key[] = [
  command("Tab", "Tab", "tab"),
  command("Left", <ArrowLeft key="left" aria-hidden="true" />, "cursorLeft"),
  command("Right", <ArrowRight key="right" aria-hidden="true" />, "cursorRight"),
  command("Up", <ArrowUp key="up" aria-hidden="true" />, "cursorUp"),
  command("Down", <ArrowDown key="down" aria-hidden="true" />, "cursorDown"),
  command("Undo", <Undo2 key="undo" aria-hidden="true" />, "undo"),
  ...[
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    ";",
    ":",
    "=",
    "<",
    ">",
    "/",
    "\\",
    "|",
    "&",
    "!",
    "#",
    "_",
  ].map((sign) => text(sign)),
  command("Redo", <Redo2 key="redo" aria-hidden="true" />, "redo"),
];

interface SymbolRowProps {
  editor: () => EditorHandle | null;
}

/** A row of keys above the on-screen keyboard while the editor has the focus. Shown for fingers only. */
export function SymbolRow({ editor }: SymbolRowProps) {
  return (
    <div
      role="toolbar"
      aria-label="Keys"
      // The focus, and with it the on-screen keyboard, stays with the editor.
      onPointerDown={(event) => event.pointerType === "mouse" && event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      className="no-scrollbar hidden h-11 shrink-0 overflow-x-auto border-line border-t bg-raised touch:flex"
    >
      {KEYS.map(({ name, sign, press }) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          onClick={() => {
            const handle = editor();
            if (handle) press(handle);
          }}
          className="flex min-w-11 shrink-0 items-center justify-center px-2 font-mono text-lg active:bg-hover [&_svg]:size-4.5"
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
