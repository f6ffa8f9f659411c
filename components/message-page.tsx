import type { ReactNode } from "react";
import { Logo } from "./logo";

/** A page with a message and a way on, such as 404 or a crash. */
export function MessagePage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-5 px-6 text-center">
      <Logo className="size-9" />
      <div className="space-y-1.5">
        <h1 className="font-semibold text-xl">{title}</h1>
        <p className="text-lg text-muted">{text}</p>
      </div>
      {children}
    </main>
  );
}
