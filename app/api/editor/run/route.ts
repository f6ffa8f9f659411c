import { eventStream, quotaHeaders, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const run = route(endpoints.run, async ({ request, services: { runs }, viewer, query, body, onError }) => {
  const { signal } = request;
  const accepted = await runs.submit(viewer, body, query.detach === "1" ? {} : { signal });
  const streamed = request.headers.get("accept")?.includes("text/event-stream");
  const answer = streamed
    ? eventStream(accepted.events(), { signal, onError })
    : Response.json(await accepted.result);
  for (const [name, value] of Object.entries(quotaHeaders(accepted.usage))) answer.headers.set(name, value);
  return answer;
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, run);
