import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const forgot = route(
  endpoints.forgotPassword,
  async ({ services: { accounts, identities }, request, body }) => {
    await accounts.recovery.forgot(body.email, identities.requesterOf(request.headers));
    return { accepted: true as const };
  },
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, forgot);
