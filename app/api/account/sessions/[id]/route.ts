import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const end = route(endpoints.endSession, async ({ services: { accounts }, identity, params }) => {
  await accounts.sessions.end(identity, params.id);
  return { ended: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, end);
