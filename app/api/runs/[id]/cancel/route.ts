import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const cancel = route(endpoints.cancel, async ({ services: { runs }, viewer, params }) => ({
  cancelled: await runs.cancel(viewer, params.id),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, cancel);
