import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const readiness = route(endpoints.readiness, async ({ services: { status } }) => {
  const ready = await status.ready();
  return Response.json(ready, { status: ready.status === "ok" ? 200 : 503 });
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, readiness);
