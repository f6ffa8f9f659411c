"use client";

import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Terminal as Xterm } from "@xterm/xterm";
import { useTheme } from "next-themes";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Terminal } from "@/lib/client/terminal";
import type { TerminalSize } from "@/lib/schemas/run";
import { type PageKey, pageKeyOf } from "./terminal-keys";
import { pageTheme } from "./terminal-theme";
import { openableAddress, webLinks } from "./web-links";

/** Lines above the screen; the limit of output is about as many short ones. */
const SCROLLBACK = 10_000;
const REDUCED_MOTION = "(prefers-reduced-motion: reduce)";

export interface XtermOptions {
  /** What is shown; `null` while there is no run yet. */
  terminal: Terminal | null;
  fontSize: number;
  screenReader: boolean;
  onResize: (size: TerminalSize) => void;
  onPageKey: (key: PageKey) => void;
}

export interface XtermView {
  view: Xterm;
  search: SearchAddon;
}

/** An xterm in `host`, as wide and high as that, in the page's colours; `null` until it is there. */
export function useXterm(host: RefObject<HTMLElement | null>, options: XtermOptions): XtermView | null {
  const [made, setMade] = useState<XtermView | null>(null);
  const { terminal, fontSize, screenReader } = options;
  const { resolvedTheme } = useTheme();
  const latest = useRef(options);
  latest.current = options;
  const refit = useRef(() => {});

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const view = new Xterm({
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: latest.current.fontSize,
      cursorBlink: !window.matchMedia(REDUCED_MOTION).matches,
      scrollback: SCROLLBACK,
      // Colours that a program mixes by itself are readable in both themes.
      minimumContrastRatio: 4.5,
      screenReaderMode: latest.current.screenReader,
      theme: pageTheme(),
      // The addon draws its matches by a part of xterm that is not settled yet.
      allowProposedApi: true,
      linkHandler: { activate: (_event, address) => askAndOpen(address), allowNonHttpProtocols: false },
    });
    const fit = new FitAddon();
    const search = new SearchAddon();
    view.loadAddon(fit);
    view.loadAddon(search);
    view.registerLinkProvider(webLinks(view, openAddress));
    view.open(element);
    view.attachCustomKeyEventHandler((event) => {
      const key = pageKeyOf(event, latest.current.terminal?.state === "ended");
      if (!key) return true;
      if (event.type === "keydown") {
        // Pasting and running are done by the browser and the page, when the key comes to them.
        if (key !== "paste" && key !== "run") event.preventDefault();
        latest.current.onPageKey(key);
      }
      return false;
    });
    view.onResize(({ cols, rows }) => latest.current.onResize({ columns: cols, rows }));
    refit.current = () => {
      // A pane that is not shown has no size.
      if (element.clientWidth > 0 && element.clientHeight > 0) fit.fit();
    };
    refit.current();
    latest.current.onResize({ columns: view.cols, rows: view.rows });
    const observer = new ResizeObserver(() => refit.current());
    observer.observe(element);
    setMade({ view, search });
    return () => {
      observer.disconnect();
      view.dispose();
      setMade(null);
    };
  }, [host]);

  useEffect(() => {
    if (!made || !terminal) return;
    const { view } = made;
    const bytesOf = (binary: string) => Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const typing = [
      view.onData((text) => terminal.type(text)),
      view.onBinary((binary) => terminal.type(bytesOf(binary))),
    ];
    const showState = () => {
      const ended = terminal.state === "ended";
      view.options.disableStdin = ended;
      // Behind what is still to be drawn: the cursor goes when there is no more.
      if (ended) view.write("\x1b[?25l");
    };
    view.reset();
    view.options.disableStdin = false;
    const stopReading = terminal.read((bytes) => view.write(bytes));
    const stopWatching = terminal.subscribe(showState);
    showState();
    return () => {
      stopReading();
      stopWatching();
      for (const each of typing) each.dispose();
    };
  }, [made, terminal]);

  useEffect(() => {
    if (!made) return;
    made.view.options.fontSize = fontSize;
    refit.current();
  }, [made, fontSize]);

  useEffect(() => {
    if (made) made.view.options.screenReaderMode = screenReader;
  }, [made, screenReader]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, whose theme this is
  useEffect(() => {
    if (!made) return;
    // After the class has changed, which next-themes does in an effect of its own.
    const frame = requestAnimationFrame(() => {
      made.view.options.theme = pageTheme();
    });
    return () => cancelAnimationFrame(frame);
  }, [made, resolvedTheme]);

  return made;
}

/** Without a way back to this page, and without telling where it came from. */
function openAddress(address: string): void {
  window.open(address, "_blank", "noopener,noreferrer");
}

/** A program may name any address behind any text: only https, and only after the address itself was seen. */
function askAndOpen(named: string): void {
  const address = openableAddress(named);
  if (address === null) return;
  if (window.confirm(`Open this address, which the program has printed?\n\n${address}`)) openAddress(address);
}
