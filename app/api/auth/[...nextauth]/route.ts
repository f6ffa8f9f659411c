import { answerAuth } from "@/lib/auth/next-auth";
import { serveExternal } from "@/lib/http";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export const { GET, POST } = serveExternal(
  services,
  async (request, { identities, accounts, auth }, params) => {
    const { nextauth = [] } = params as { nextauth?: string[] };
    return answerAuth(request, nextauth, auth, accounts.signIns(await identities.of(request.headers)));
  },
);
