import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const overview = route(endpoints.adminOverview, ({ services: { accounts } }) => accounts.admin.overview());

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, overview);
