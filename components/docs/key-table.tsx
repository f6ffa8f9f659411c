import { Kbd } from "../ui/kbd";

/** What is done where, with its keys. On a Mac, ⌘ takes the place of Ctrl. */
const KEYS = [
  { does: "Run the program", keys: ["Ctrl", "Enter"] },
  { does: "Download the program", keys: ["Ctrl", "S"] },
  { does: "Stop the run", keys: ["Ctrl", "Shift", "X"] },
  { does: "All commands", keys: ["Ctrl", "K"] },
  { does: "All keyboard shortcuts, where nothing is typed", keys: ["?"] },
  { does: "Format the program", keys: ["Shift", "Alt", "F"] },
  { does: "Suggestions", keys: ["Ctrl", "Space"] },
  { does: "Next problem, previous problem", keys: ["F8 or Shift+F8"] },
  { does: "Go to the definition, rename", keys: ["F12 or F2"] },
  { does: "Find, replace", keys: ["Ctrl", "F or H"] },
  { does: "Comment lines", keys: ["Ctrl", "/"] },
  { does: "Leave the editor with Tab", keys: ["Esc", "Tab"] },
  { does: "Another file, in the tabs", keys: ["← or →"] },
  { does: "Rename, delete a file, in the tabs", keys: ["F2 or Del"] },
  { does: "Move a file, in the tabs", keys: ["Alt", "Shift", "← or →"] },
  { does: "No more input, in the field of a running program", keys: ["Ctrl", "D"] },
] as const;

/** The keyboard shortcuts. */
export function KeyTable() {
  return (
    <>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface text-base">
        {KEYS.map(({ does, keys }) => (
          <li
            key={does}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0"
          >
            {does}
            <span className="flex gap-1 text-muted">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-base text-muted">On a Mac, ⌘ takes the place of Ctrl for running and downloading.</p>
    </>
  );
}
