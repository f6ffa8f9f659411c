"use client";

import type * as Monaco from "monaco-editor/editor";
import { type RefObject, useEffect, useState } from "react";
import { toast } from "@/lib/client/toast";
import type { Preferences } from "@/lib/schemas/preferences";

interface KeyMapOptions {
  editor: Monaco.editor.IStandaloneCodeEditor | null;
  keyMap: Preferences["keyMap"];
  /** The element of Vim's status and command line. */
  line: RefObject<HTMLElement | null>;
}

/**
 * Applies the chosen key map, loaded on demand. Returns whether typed letters are text: in Vim's normal mode they are
 * commands.
 */
export function useKeyMap({ editor, keyMap, line }: KeyMapOptions): boolean {
  const [typing, setTyping] = useState(true);
  useEffect(() => {
    if (!editor || keyMap === "standard") return;
    let stop: (() => void) | null = null;
    let disposed = false;
    const begin = async () => {
      if (keyMap === "emacs") {
        const { startEmacs } = await import("./emacs-keys");
        if (!disposed) stop = startEmacs(editor);
        return;
      }
      const { startVim } = await import("./vim-keys");
      const element = line.current;
      if (disposed || !element) return;
      setTyping(false);
      stop = startVim(editor, element, setTyping);
    };
    begin().catch((error: unknown) => {
      console.error(error);
      toast("The key map could not be loaded", { description: "Reload the page to try again." });
    });
    return () => {
      disposed = true;
      stop?.();
      setTyping(true);
    };
  }, [editor, keyMap, line]);
  return typing;
}
