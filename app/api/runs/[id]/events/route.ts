import { eventStream, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const watchRun = route(
  endpoints.watchRun,
  async ({ request, services: { runs }, viewer, params, onError }) => {
    const afterSeq = Number(request.headers.get("last-event-id") ?? 0);
    const events = await runs.watch(viewer, params.id, afterSeq);
    return eventStream(events, { signal: request.signal, onError });
  },
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, watchRun);
