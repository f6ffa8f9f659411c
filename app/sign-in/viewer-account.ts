import { headers } from "next/headers";
import { services } from "@/lib/server";

/** Who asks for a page, and what there is to be had here; `null` when that cannot be told now: the browser asks again. */
export async function viewerAccount() {
  try {
    const { accounts, identities, env } = await services();
    const account = await accounts.view(await identities.of(await headers()));
    return { account, plans: env.plans };
  } catch {
    return null;
  }
}
