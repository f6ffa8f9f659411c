import { eventStream, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const run = route(endpoints.run, async ({ request, services: { runs }, viewer, query, body, onError }) => {
  const { signal } = request;
  const accepted = await runs.submit(viewer, body, query.detach === "1" ? {} : { signal });
  const streamed = request.headers.get("accept")?.includes("text/event-stream");
  return streamed ? eventStream(accepted.events(), { signal, onError }) : accepted.result;
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, run);
