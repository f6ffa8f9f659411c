import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

interface AccountCardProps {
  title: string;
  /** The question and the link that lead to the other page. */
  alternative?: { question: string; label: string; href: string };
  /** Benefits of having an account. */
  notes: readonly string[];
  children: ReactNode;
}

/** The frame of the sign-in and sign-up pages. It only grows downwards, so fields never move. */
export function AccountCard({ title, alternative, notes, children }: AccountCardProps) {
  return (
    <div className="mx-auto w-full max-w-112 px-4 py-6 sm:py-9">
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <div className="space-y-4 p-5 sm:p-7">
          <div className="space-y-1">
            <h1 className="font-semibold text-xl">{title}</h1>
            {alternative ? (
              <p className="text-base text-muted">
                {alternative.question}{" "}
                <Link
                  href={alternative.href}
                  className="font-medium text-accent-ink underline underline-offset-2"
                >
                  {alternative.label}
                </Link>
              </p>
            ) : null}
          </div>
          {children}
        </div>
        <ul className="space-y-1.5 border-line border-t bg-sunken px-5 py-3.5 text-base text-muted sm:px-7">
          {notes.map((note) => (
            <li key={note} className="flex items-start gap-2">
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
              {note}
            </li>
          ))}
        </ul>
      </div>
      <noscript>
        <p className="mt-4 text-base">This page needs JavaScript.</p>
      </noscript>
    </div>
  );
}
