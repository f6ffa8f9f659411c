import type { SearchAddon } from "@xterm/addon-search";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Button } from "../ui/button";
import { matchColors } from "./terminal-theme";

interface TerminalSearchProps {
  search: SearchAddon;
  onClose: () => void;
}

/** Finds text in everything that the terminal has printed. */
export function TerminalSearch({ search, onClose }: TerminalSearchProps) {
  const [term, setTerm] = useState("");
  const [found, setFound] = useState(true);

  function find(wanted: string, way: "next" | "previous", incremental = false): void {
    const options = { incremental, decorations: matchColors() };
    const hit = way === "next" ? search.findNext(wanted, options) : search.findPrevious(wanted, options);
    setFound(hit || wanted === "");
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    find(term, "previous");
  }

  function close(): void {
    search.clearDecorations();
    onClose();
  }

  return (
    <search
      aria-label="Search the terminal"
      className="absolute top-2 right-4 z-10 rounded-lg border border-line-strong bg-raised p-1 shadow-pop"
    >
      <form
        onSubmit={submit}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          close();
        }}
        className="flex items-center gap-0.5"
      >
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked for it
          autoFocus
          aria-label="Find in the terminal"
          placeholder="Find"
          value={term}
          aria-invalid={!found}
          onChange={(event) => {
            setTerm(event.target.value);
            find(event.target.value, "previous", true);
          }}
          className="h-7 w-40 rounded-md bg-surface px-2 text-base text-ink outline-offset-0"
        />
        <span role="status" className="px-1 text-bad text-sm">
          {found ? "" : "Nothing matches"}
        </span>
        <Button type="submit" variant="ghost" size="icon-sm" aria-label="Previous match">
          <ArrowUp aria-hidden="true" />
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label="Next match" onClick={() => find(term, "next")}>
          <ArrowDown aria-hidden="true" />
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label="Close the search" onClick={close}>
          <X aria-hidden="true" />
        </Button>
      </form>
    </search>
  );
}
