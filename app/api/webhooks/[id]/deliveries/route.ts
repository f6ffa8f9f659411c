import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const deliveries = route(
  endpoints.webhookDeliveries,
  async ({ services: { webhooks }, identity, params }) => ({
    deliveries: await webhooks.deliveries(identity.user.id, params.id),
  }),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, deliveries);
