import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const list = route(endpoints.listWebhooks, async ({ services: { webhooks }, identity }) => ({
  webhooks: await webhooks.list(identity.user.id),
}));

const create = route(endpoints.createWebhook, ({ services: { webhooks }, identity, body }) =>
  webhooks.create(identity.user.id, body.url),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, list, create);
