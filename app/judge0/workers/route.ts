import { serveJudge0, workers } from "@/lib/compatible/judge0";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serveJudge0(services, workers);
