"use client";

import dynamic from "next/dynamic";
import { usePreferences } from "@/lib/client/use-preferences";
import { useSettings } from "@/lib/client/use-settings";
import { Spinner } from "../ui/spinner";
import type { TerminalScreenProps } from "./terminal-screen";

/** xterm is loaded with the first terminal: most visits have none. */
const TerminalScreen = dynamic(() => import("./terminal-screen").then((module) => module.TerminalScreen), {
  ssr: false,
  loading: () => (
    // No live region: the status of the run, above it, says that it starts.
    <p className="flex flex-1 items-center justify-center gap-2 text-base text-muted">
      <Spinner className="size-4" /> Opening the terminal…
    </p>
  ),
});

/** The terminal in the viewer's size of type. */
export function TerminalView(props: Pick<TerminalScreenProps, "terminal" | "onResize">) {
  const [{ fontSize }] = usePreferences();
  const [{ terminalReader }, update] = useSettings();
  return (
    <TerminalScreen
      {...props}
      fontSize={fontSize}
      screenReader={terminalReader}
      onScreenReader={(terminalReader) => update({ terminalReader })}
    />
  );
}
