import { TOUCH_KEYS } from "./terminal-keys";

/** Keys that a telephone's keyboard lacks. Pressing one leaves the focus, and the keyboard, where they are. */
export function TouchKeys({ onKey }: { onKey: (sends: string) => void }) {
  return (
    <div
      role="toolbar"
      aria-label="Keys"
      className="hidden shrink-0 gap-1 overflow-x-auto border-line border-t bg-surface p-1 max-md:flex pointer-coarse:flex"
    >
      {TOUCH_KEYS.map(({ label, name, sends }) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onKey(sends)}
          className="h-11 min-w-11 flex-1 whitespace-nowrap rounded-md px-2 font-mono text-base text-ink hover:bg-hover"
        >
          {label}
        </button>
      ))}
    </div>
  );
}
