import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const makeLink = route(endpoints.adminResetLink, async ({ services: { accounts }, identity, params }) => {
  const { path, expiresAt } = await accounts.recovery.linkFor(identity.user, params.id, identity);
  return { path, expiresAt: expiresAt.toISOString() };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, makeLink);
