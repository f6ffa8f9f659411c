import type { Metadata } from "next";
import { SiteHeader } from "@/components/header";
import { StatusPage } from "@/components/status/status-page";

export const metadata: Metadata = { title: "Status", robots: { index: false } };

/** How the server is. Asked for in the browser, and again and again, so that what it says is of now. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      {/* `relative` contains the absolutely positioned `sr-only` elements, which would otherwise make the window scroll. */}
      <main
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may have nothing else that takes the focus
        tabIndex={0}
        className="relative min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
      >
        <StatusPage />
      </main>
    </div>
  );
}
