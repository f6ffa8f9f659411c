import { fileResponse, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const artifact = route(endpoints.artifact, async ({ services: { runs }, viewer, params }) =>
  fileResponse(await runs.artifact(viewer, params.id, params.name)),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, artifact);
