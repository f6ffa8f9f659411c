import type { Metadata } from "next";
import { SiteHeader } from "@/components/header";
import { SettingsPage } from "@/components/settings/settings-page";

export const metadata: Metadata = { title: "Settings", robots: { index: false } };

/** The viewer's own settings. They are fetched in the browser, so no cache ever sees them. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="Settings" />
      {/* Relative: what is there only to be listened to must not make the window itself scroll. */}
      <main className="relative min-h-0 flex-1 overflow-y-auto">
        <SettingsPage />
      </main>
    </div>
  );
}
