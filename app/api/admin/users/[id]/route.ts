import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const change = route(endpoints.adminUpdateUser, ({ services: { accounts }, identity, params, body }) =>
  accounts.admin.change(identity, params.id, body),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, change);
