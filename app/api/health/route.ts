import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const health = route(endpoints.health, async ({ services: { status } }) => {
  const health = await status.health();
  return Response.json(health, { status: health.status === "ok" ? 200 : 503 });
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, health);
