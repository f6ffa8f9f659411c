import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const reset = route(
  endpoints.resetPassword,
  async ({ services: { accounts, identities }, request, body }) => {
    await accounts.recovery.reset(body, identities.requesterOf(request.headers));
    return { changed: true as const };
  },
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, reset);
