import { downloadResponse, exportText, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const TYPES = { json: "application/json", csv: "text/csv; charset=utf-8" };

const exportRuns = route(endpoints.exportRuns, ({ services: { runs }, viewer, query: { format }, onError }) =>
  downloadResponse(exportText(runs.exportAll(viewer), format), {
    name: `quicksand-runs.${format}`,
    type: TYPES[format],
    onError,
  }),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, exportRuns);
