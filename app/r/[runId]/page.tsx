import type { Metadata } from "next";
import { SiteHeader } from "@/components/header";
import { runDescription, runHeading } from "@/components/share/run-heading";
import { RunView } from "@/components/share/run-view";
import { loadRun } from "./load-run";

interface RunPageProps {
  params: Promise<{ runId: string }>;
}

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  const found = await loadRun((await params).runId);
  const title = runHeading(found);
  const description = runDescription(found);
  const listed = found.run.visibility === "public";
  return {
    title,
    description,
    robots: { index: listed, follow: listed },
    // The address is the key: it must not go along to other sites.
    referrer: "no-referrer",
    openGraph: { title, description, type: "article", siteName: "Quicksand" },
    twitter: { card: "summary_large_image", title, description },
  };
}

/** A run of the viewer's own, or one that was shared. */
export default async function RunPage({ params }: RunPageProps) {
  const { run, language } = await loadRun((await params).runId);
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <RunView run={run} language={language} />
      </main>
    </div>
  );
}
