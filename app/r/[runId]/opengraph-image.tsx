import { ImageResponse } from "next/og";
import { RunCard } from "@/components/share/run-card";
import { loadSharedRun } from "./load-run";

export const alt = "A program and its result on Quicksand";
export const size = { width: 1200, height: 630 };
export const contentType = "image/png";

interface ImageProps {
  params: Promise<{ runId: string }>;
}

/** The preview image of a shared run. Crawlers are anonymous, so a private run has none. */
export default async function Image({ params }: ImageProps) {
  const { run, language } = await loadSharedRun((await params).runId);
  return new ImageResponse(<RunCard run={run} language={language} />, {
    ...size,
    headers: { "cache-control": "no-store" },
  });
}
