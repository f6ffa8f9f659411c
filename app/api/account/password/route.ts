import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const change = route(endpoints.changePassword, async ({ services: { accounts }, identity, body }) => {
  await accounts.changePassword(identity, body);
  return { changed: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, change);
