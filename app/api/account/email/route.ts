import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const change = route(endpoints.changeEmail, async ({ services: { accounts }, identity, body }) => {
  await accounts.changeEmail(identity, body);
  return { accepted: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, change);
