import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const redeem = route(endpoints.redeemAdminCode, ({ services: { accounts }, identity, body }) =>
  accounts.redeemAdminCode(identity, body.adminCode),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, redeem);
