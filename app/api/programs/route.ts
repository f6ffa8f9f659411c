import { etag, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const list = route(endpoints.listPrograms, ({ services: { programs }, viewer, query }) =>
  programs.list(viewer, query),
);

const create = route(endpoints.createProgram, async ({ services: { programs }, viewer, body }) => {
  const made = await programs.create(viewer, body);
  return Response.json(made, { status: 201, headers: etag(made) });
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, list, create);
