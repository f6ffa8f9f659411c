import type { Metadata } from "next";
import { Suspense } from "react";
import { SiteHeader } from "@/components/header";
import { HistoryPage } from "@/components/history/history-page";

export const metadata: Metadata = { title: "History", robots: { index: false } };

/** The viewer's history. Fetched in the browser, so that no cache ever holds it. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="History" />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <Suspense>
          <HistoryPage />
        </Suspense>
      </main>
    </div>
  );
}
