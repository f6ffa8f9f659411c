import { headers } from "next/headers";
import { services } from "@/lib/server";

/** The viewer and the plans, for the first render; `null` on failure, since the browser fetches the account anyway. */
export async function viewerAccount() {
  try {
    const { accounts, identities, env } = await services();
    const account = await accounts.view(await identities.of(await headers()));
    return { account, plans: env.plans };
  } catch {
    return null;
  }
}
