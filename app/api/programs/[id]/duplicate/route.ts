import { etag, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const duplicate = route(endpoints.duplicateProgram, async ({ services: { programs }, viewer, params }) => {
  const made = await programs.duplicate(viewer, params.id);
  return Response.json(made, { status: 201, headers: etag(made) });
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, duplicate);
