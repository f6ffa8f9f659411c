import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const getRun = route(
  endpoints.getRun,
  ({ request: { signal }, services: { runs }, viewer, params, query: { wait = 0 } }) =>
    wait === 0 ? runs.get(viewer, params.id) : runs.getEnded(viewer, params.id, wait * 1_000, signal),
);

const updateRun = route(endpoints.updateRun, ({ services: { runs }, viewer, params, body }) =>
  runs.update(viewer, params.id, body),
);

const deleteRun = route(endpoints.deleteRun, async ({ services: { runs }, viewer, params }) => {
  await runs.remove(viewer, params.id);
  return { deleted: true };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, getRun, updateRun, deleteRun);
