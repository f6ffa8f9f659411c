import { acceptRun, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const listRuns = route(endpoints.listRuns, ({ services: { runs }, viewer, query }) =>
  runs.list(viewer, query),
);

const submitRun = route(endpoints.submitRun, acceptRun);

const deleteRuns = route(endpoints.deleteRuns, async ({ services: { runs }, viewer }) => ({
  deleted: await runs.removeAll(viewer),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  services,
  listRuns,
  submitRun,
  deleteRuns,
);
