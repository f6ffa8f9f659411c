import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const change = route(endpoints.adminUpdateRun, async ({ services: { accounts }, identity, params, body }) => {
  await accounts.moderation.change(identity, params.id, body);
  return { takenDown: body.takenDown };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, change);
