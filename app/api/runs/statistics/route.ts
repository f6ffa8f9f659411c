import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const statistics = route(endpoints.statistics, ({ services: { runs }, viewer, query }) =>
  runs.statistics(viewer, query.days),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, statistics);
