import { ImageResponse } from "next/og";
import { RunCard } from "@/components/share/run-card";
import { createPictures } from "@/lib/http";
import type { SharedRun } from "@/lib/server";
import { loadSharedRun } from "./load-run";

export const alt = "A program and its result on Quicksand";
export const size = { width: 1200, height: 630 };
export const contentType = "image/png";

const pictures = createPictures();

/** What the picture shows, and no more: of a long program only its first lines. */
function drawnOf({ run, language }: SharedRun) {
  const { id, title, status, durationMs, request } = run;
  return [id, title, status, durationMs, language?.name ?? run.language, request.code.slice(0, 10_000)];
}

interface ImageProps {
  params: Promise<{ runId: string }>;
}

/** The preview image of a shared run. Crawlers are anonymous, so a private run has none. */
export default async function Image({ params }: ImageProps) {
  const shared = await loadSharedRun((await params).runId);
  const picture = await pictures.of(drawnOf(shared), async () => {
    const image = new ImageResponse(<RunCard {...shared} />, size);
    return new Uint8Array(await image.arrayBuffer());
  });
  // No cache of others': the run may be private in a moment.
  const headers = { "content-type": contentType, "cache-control": "no-store" };
  return new Response(new Uint8Array(picture), { headers });
}
