"use client";

import { Plus, X } from "lucide-react";
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { nameProblem } from "@/lib/client/program-files";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Skeleton } from "../ui/skeleton";
import { Tooltip } from "../ui/tooltip";
import type { FilesControl } from "../workbench/use-program-files";
import { NameField } from "./name-field";

/** What a tab is dragged as, so that a file from outside is not taken for one. */
const DRAGGED = "application/x-quicksand-file";

interface FileTabsProps {
  control: FilesControl;
  /** Whether the program is known. Until then neither the tabs nor the buttons after them are drawn: the tabs would push those aside. */
  ready: boolean;
  /** The tab whose name is being changed; `""` for that of a new file, `null` for none. */
  naming: string | null;
  onNaming: (path: string | null) => void;
  /** At the end of the row. */
  actions: ReactNode;
}

/**
 * The program's files as tabs, the main one first. Arrow keys choose, F2 renames, Delete deletes, Alt+Shift+arrow moves; the menu at the end
 * of the row has the same for a finger.
 */
export function FileTabs({ control, ready, naming, onNaming, actions }: FileTabsProps) {
  const { mainFile, files, active } = control;
  const list = useRef<HTMLDivElement>(null);
  const tabs = useRef(new Map<string, HTMLButtonElement>());
  const [over, setOver] = useState<string | null>(null);
  // Held over the renders in which a moved or renamed tab is another element.
  const focus = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new or moved file may be out of view
  useEffect(() => {
    tabs.current.get(active)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active, files.length]);

  useEffect(() => {
    if (focus.current === null) return;
    tabs.current.get(focus.current)?.focus();
    focus.current = null;
  });

  function select(path: string | undefined): void {
    if (path === undefined) return;
    focus.current = path;
    control.select(path);
  }

  function onKeyDown(event: KeyboardEvent, path: string): void {
    const at = files.findIndex((file) => file.path === path);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const beside = path !== mainFile;
    if (step !== undefined && event.altKey && event.shiftKey) {
      if (beside) {
        focus.current = path;
        control.move(path, step);
      }
    } else if (step !== undefined && !event.altKey) {
      select(files[(at + step + files.length) % files.length]?.path);
    } else if (event.key === "Home") {
      select(mainFile);
    } else if (event.key === "End") {
      select(files.at(-1)?.path);
    } else if (event.key === "F2" && beside) {
      onNaming(path);
    } else if (event.key === "Delete" && beside) {
      focus.current = files[at - 1]?.path ?? mainFile;
      control.remove(path);
    } else {
      return;
    }
    event.preventDefault();
  }

  function onDrop(event: DragEvent, onto: string): void {
    setOver(null);
    const path = event.dataTransfer.getData(DRAGGED);
    if (path === "") return;
    event.preventDefault();
    event.stopPropagation();
    const place = (wanted: string) => files.findIndex((file) => file.path === wanted);
    // Onto the main file means first of the others.
    control.move(path, Math.max(1, place(onto)) - place(path));
  }

  function keepName(name: string): void {
    focus.current = name;
    if (naming === "") control.add(name);
    else if (naming !== null && naming !== name) control.rename(naming, name);
    onNaming(null);
  }

  const others = files.map(({ path }) => path).filter((path) => path !== naming);
  const field = (
    <NameField
      label={naming === "" ? "Name of the new file" : `New name of ${naming}`}
      initial={naming ?? ""}
      problemOf={(name) => nameProblem(name, others)}
      onDone={keepName}
      onCancel={() => {
        focus.current = naming === "" ? active : naming;
        onNaming(null);
      }}
    />
  );
  return (
    <div className="relative flex h-10 shrink-0 items-center border-line border-b bg-surface pr-2 pl-1 touch:h-11">
      <div
        ref={list}
        role="tablist"
        aria-label="Files of the program"
        aria-busy={!ready}
        className="no-scrollbar flex h-full min-w-0 overflow-x-auto"
      >
        {ready ? null : <Skeleton className="my-auto ml-3 h-3 w-16" />}
        {(ready ? files : []).map(({ path }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: moved with the pointer; keys move the tab inside
          <div
            key={path}
            role="presentation"
            draggable={path !== mainFile}
            onDragStart={(event) => {
              event.dataTransfer.setData(DRAGGED, path);
              event.dataTransfer.effectAllowed = "move";
            }}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(DRAGGED)) return;
              event.preventDefault();
              setOver(path);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => onDrop(event, path)}
            className={cn(
              "group flex shrink-0 items-center border-line border-r border-l border-l-transparent",
              path === active ? "bg-canvas" : "hover:bg-hover",
              over === path && "border-l-accent-ink",
            )}
          >
            <button
              ref={(tab) => {
                if (tab) tabs.current.set(path, tab);
                else tabs.current.delete(path);
              }}
              type="button"
              role="tab"
              aria-selected={path === active}
              aria-controls="code"
              tabIndex={path === active ? 0 : -1}
              data-state={path === active ? "active" : "inactive"}
              title={path === mainFile ? `${path}: the main file` : path}
              onClick={() => control.select(path)}
              onDoubleClick={() => path !== mainFile && onNaming(path)}
              onKeyDown={(event) => onKeyDown(event, path)}
              className={cn(
                "tab-underline flex h-full max-w-52 items-center gap-1.5 pl-3 font-mono text-base focus-visible:outline-offset-[-2px]",
                path === active ? "text-ink" : "text-muted",
                path === mainFile || files.length === 1 ? "pr-3" : "pr-1",
              )}
            >
              <span className="truncate">{path}</span>
              {path === mainFile && files.length > 1 ? (
                <span className="rounded-sm bg-accent-wash px-1 font-sans text-accent-ink text-xs">main</span>
              ) : null}
            </button>
            {path === mainFile ? null : (
              // For the pointer; keys have Delete, and a finger the menu.
              <button
                type="button"
                aria-hidden="true"
                tabIndex={-1}
                onClick={() => control.remove(path)}
                className={cn(
                  "mr-1 flex size-5 items-center justify-center rounded-sm text-faint hover:bg-line hover:text-ink touch:hidden",
                  path !== active && "opacity-0 group-hover:opacity-100",
                )}
              >
                <X className="size-3.5" />
              </button>
            )}
          </div>
        ))}
      </div>
      {ready && naming === null ? (
        <Tooltip label="New file">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="New file"
            onClick={() => onNaming("")}
            className="ml-1"
          >
            <Plus aria-hidden="true" />
          </Button>
        </Tooltip>
      ) : null}
      {naming === null ? null : (
        <div
          className="absolute inset-y-0 z-20 flex items-center"
          style={placeOf(naming, tabs.current, list.current)}
        >
          {field}
        </div>
      )}
      <div className="ml-auto flex shrink-0 items-center pl-1">{actions}</div>
    </div>
  );
}

/** Over the tab that is renamed, or after the last one; always with room to type. */
function placeOf(
  naming: string,
  tabs: ReadonlyMap<string, HTMLButtonElement>,
  list: HTMLElement | null,
): { left: number } {
  if (!list) return { left: 0 };
  const tab = tabs.get(naming);
  const left = tab ? tab.offsetLeft - list.scrollLeft : list.offsetLeft + list.offsetWidth;
  const row = list.parentElement?.clientWidth ?? 0;
  return { left: Math.max(0, Math.min(left, row - 220)) };
}
