import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const revoke = route(endpoints.revokeKey, async ({ services: { accounts }, identity, params }) => {
  await accounts.keys.revoke(identity, params.id);
  return { revoked: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, revoke);
