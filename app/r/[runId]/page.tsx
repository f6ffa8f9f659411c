import type { Metadata } from "next";
import { headers } from "next/headers";
import { SiteHeader } from "@/components/header";
import { runDescription, runHeading } from "@/components/share/run-heading";
import { RunView } from "@/components/share/run-view";
import { publicOrigin } from "@/lib/http";
import { services } from "@/lib/server";
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
    metadataBase: await ownAddress(),
    title,
    description,
    robots: { index: listed, follow: listed },
    // The URL grants access, so it must not be sent to other sites as a referrer.
    referrer: "no-referrer",
    openGraph: { title, description, type: "article", siteName: "Quicksand" },
    twitter: { card: "summary_large_image", title, description },
  };
}

/** The site's origin: URLs in Open Graph metadata must be absolute. */
async function ownAddress(): Promise<URL> {
  const { env } = await services();
  return publicOrigin(env, await headers());
}

/** The page of a run that is the viewer's own or shared. */
export default async function RunPage({ params }: RunPageProps) {
  const { run, language, moderator } = await loadRun((await params).runId);
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <RunView run={run} language={language} moderator={moderator} />
      </main>
    </div>
  );
}
