import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const confirm = route(endpoints.confirm, async ({ services: { accounts }, identity, body }) => {
  await accounts.confirm(identity, body.password);
  return { confirmed: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, confirm);
