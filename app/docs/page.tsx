import type { Metadata } from "next";
import { DocsPage } from "@/components/docs/docs-page";
import { SiteHeader } from "@/components/header";

export const metadata: Metadata = {
  title: "Docs",
  description: "How to use Quicksand: keys, input, files, limits, languages and the API.",
};

/** How to use the editor. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="Docs" />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <DocsPage />
      </main>
    </div>
  );
}
