import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyPanelProps {
  icon: LucideIcon;
  title: string;
  /** What to do for there to be something. */
  children: ReactNode;
}

/** A panel without content: what will be here, and how. */
export function EmptyPanel({ icon: Icon, title, children }: EmptyPanelProps) {
  return (
    <div className="flex h-full min-h-0 flex-col items-center justify-center gap-3 overflow-y-auto p-6 text-center">
      <div className="flex size-10 shrink-0 items-center justify-center rounded-lg border border-line bg-surface text-faint">
        <Icon aria-hidden="true" className="size-5" />
      </div>
      <div className="max-w-80 space-y-1">
        <p className="font-medium text-lg">{title}</p>
        <p className="text-base text-muted">{children}</p>
      </div>
    </div>
  );
}
