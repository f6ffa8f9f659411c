import { route, serve, textResponse } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { inOrder } from "@/lib/schemas/output-order";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const rawRun = route(endpoints.rawRun, async ({ services: { runs }, viewer, params, query }) => {
  const { request, output } = await runs.get(viewer, params.runId);
  const all = inOrder(output).map(({ text }) => text);
  const texts = { code: request.code, output: output.stdout, errors: output.stderr, all: all.join("") };
  return textResponse(texts[query.part], `${params.runId}-${query.part}.txt`);
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, rawRun);
