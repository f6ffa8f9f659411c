import type { Metadata } from "next";
import { SiteHeader } from "@/components/header";
import { SettingsPage } from "@/components/settings/settings-page";

export const metadata: Metadata = { title: "Settings", robots: { index: false } };

/** The viewer's settings. Fetched in the browser, so that no cache ever holds them. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="Settings" />
      {/* `relative` contains the absolutely positioned `sr-only` elements, which would otherwise make the window scroll. */}
      <main className="relative min-h-0 flex-1 overflow-y-auto">
        <SettingsPage />
      </main>
    </div>
  );
}
