"use client";

import { Kbd } from "../ui/kbd";
import { keyNames } from "./actions";

export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut, as this platform names its keys. */
export function KeyNames({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5 text-muted">
      {keyNames(keys, isMac).map((name) => (
        <Kbd key={name}>{name}</Kbd>
      ))}
    </span>
  );
}
