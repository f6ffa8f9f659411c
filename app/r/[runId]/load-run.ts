import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { type SharedRun, sharedRun } from "@/lib/server";

/** A page's run, read once per request for page and metadata. 404, whether it does not exist or is not shared. */
export const loadRun = cache(async (id: string): Promise<SharedRun> => {
  const found = await sharedRun(await headers(), id);
  if (!found) notFound();
  return found;
});

/** Headers of an anonymous viewer: content for other sites and crawlers shows only shared runs. */
const NOBODY = { get: () => null };

/** The same as an anonymous viewer sees it: a private run is a 404, even for its owner. */
export const loadSharedRun = cache(async (id: string): Promise<SharedRun> => {
  const found = await sharedRun(NOBODY, id);
  if (!found) notFound();
  return found;
});
