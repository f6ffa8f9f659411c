import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { type SharedRun, sharedRun } from "@/lib/server";

/** The run of a page, read once for the page and its head. What may not be seen is not there: one and the same 404. */
export const loadRun = cache(async (id: string): Promise<SharedRun> => {
  const found = await sharedRun(await headers(), id);
  if (!found) notFound();
  return found;
});

/** Nobody in particular: what is made for other sites and for crawlers shows only what anybody may see. */
const NOBODY = { get: () => null };

/** The same for whoever it may be: a run that is private is not there, even for its owner. */
export const loadSharedRun = cache(async (id: string): Promise<SharedRun> => {
  const found = await sharedRun(NOBODY, id);
  if (!found) notFound();
  return found;
});
