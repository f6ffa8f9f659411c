import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const warm = route(endpoints.warmLanguage, async ({ services: { status }, viewer, params }) => ({
  ready: status.warm(params.id, viewer.plan),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, warm);
