import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const usage = route(endpoints.usage, ({ services: { runs }, viewer }) => runs.usage(viewer));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, usage);
