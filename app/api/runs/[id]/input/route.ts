import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const input = route(endpoints.input, async ({ services: { runs }, viewer, params, body }) => {
  await runs.input(viewer, params.id, body);
  return { accepted: true };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, input);
