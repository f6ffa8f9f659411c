import { acceptRuns, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const submitRuns = route(endpoints.submitRuns, acceptRuns);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, submitRuns);
