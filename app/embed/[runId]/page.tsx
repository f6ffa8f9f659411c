import type { Metadata } from "next";
import { loadSharedRun } from "@/app/r/[runId]/load-run";
import { EmbedView } from "@/components/share/embed-view";
import { runHeading } from "@/components/share/run-heading";

interface EmbedPageProps {
  params: Promise<{ runId: string }>;
  searchParams: Promise<{ theme?: string | string[]; edit?: string | string[] }>;
}

export async function generateMetadata({ params }: EmbedPageProps): Promise<Metadata> {
  const found = await loadSharedRun((await params).runId);
  return { title: runHeading(found), robots: { index: false }, referrer: "no-referrer" };
}

/** A shared run for an iframe. The viewer is not identified: everybody sees the same, and what they run with `?edit=1` is a guest's. */
export default async function EmbedPage({ params, searchParams }: EmbedPageProps) {
  const { run, language } = await loadSharedRun((await params).runId);
  const { theme, edit } = await searchParams;
  return (
    <EmbedView
      run={run}
      language={language}
      theme={theme === "light" || theme === "dark" ? theme : null}
      edit={edit === "1"}
    />
  );
}
