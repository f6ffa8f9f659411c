import { etag, revisionOf, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const get = route(endpoints.getProgram, async ({ services: { programs }, viewer, params }) => {
  const program = await programs.get(viewer, params.id);
  return Response.json(program, { headers: etag(program) });
});

const update = route(
  endpoints.updateProgram,
  async ({ services: { programs }, viewer, params, body, request }) => {
    const program = await programs.update(viewer, params.id, body, revisionOf(request.headers));
    return Response.json(program, { headers: etag(program) });
  },
);

const remove = route(endpoints.deleteProgram, async ({ services: { programs }, viewer, params }) => {
  await programs.remove(viewer, params.id);
  return { deleted: true };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, get, update, remove);
