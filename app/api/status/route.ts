import { isAdmin, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const status = route(endpoints.status, async ({ request, services }) => {
  const report = await services.status.report();
  if (!(await isAdmin(services, request.headers))) return { ...report, workers: null, versions: null };
  return { ...report, workers: services.status.workers(), versions: await services.status.versions() };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, status);
