import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const examples = route(endpoints.examples, async ({ services: { status }, params }) => ({
  examples: [...status.examples(params.id)],
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, examples);
