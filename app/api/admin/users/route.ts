import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const users = route(endpoints.adminUsers, ({ services: { accounts }, query }) => accounts.admin.users(query));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, users);
