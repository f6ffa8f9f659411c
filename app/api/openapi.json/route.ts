import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { openApiDocument } from "@/lib/schemas/openapi";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const openApi = route(endpoints.openApi, async ({ services: { status, env } }) => ({
  ...openApiDocument({ version: status.version, serverUrl: env.publicUrl }),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, openApi);
