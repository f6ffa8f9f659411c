import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const remove = route(endpoints.deleteWebhook, async ({ services: { webhooks }, identity, params }) => {
  await webhooks.remove(identity.user.id, params.id);
  return { deleted: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, remove);
