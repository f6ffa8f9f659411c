import { answerAuth } from "@/lib/auth/next-auth";
import { serveExternal } from "@/lib/http";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serveExternal(
  services,
  async ({ request, body, params, services: { identities, accounts, auth } }) => {
    const { nextauth = [] } = params as { nextauth?: string[] };
    const asker = await identities.of(request.headers);
    return answerAuth({ request, action: nextauth, body }, auth, accounts.signIns(asker, request.headers));
  },
);
