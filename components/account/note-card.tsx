import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface NoteCardProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
}

/** What there is to say at the end of a form, in the frame that the form had. */
export function NoteCard({ icon: Icon, title, children }: NoteCardProps) {
  return (
    <div className="mx-auto w-full max-w-112 px-4 py-6 sm:py-9">
      <div role="status" className="space-y-3 rounded-lg border border-line bg-surface p-5 sm:p-7">
        <span className="flex size-10 items-center justify-center rounded-lg border border-line bg-sunken text-accent-ink">
          <Icon aria-hidden="true" className="size-5" />
        </span>
        <h1 className="font-semibold text-xl">{title}</h1>
        {children}
      </div>
    </div>
  );
}
