import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const report = route(endpoints.reportRun, async ({ services: { runs }, viewer, params, body }) => {
  await runs.report(viewer, params.id, body);
  return { reported: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, report);
