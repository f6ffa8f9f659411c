import type { Metadata } from "next";
import { SiteHeader } from "@/components/header";
import { ProgramsPage } from "@/components/programs/programs-page";

export const metadata: Metadata = { title: "Programs", robots: { index: false } };

/** The viewer's programs. Fetched in the browser, so that no cache ever holds them. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="Programs" />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <ProgramsPage />
      </main>
    </div>
  );
}
