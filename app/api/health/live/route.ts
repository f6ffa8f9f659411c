import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const liveness = route(endpoints.liveness, async () => ({ status: "ok" as const }));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, liveness);
