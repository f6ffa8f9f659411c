import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const list = route(endpoints.listKeys, async ({ services: { accounts }, identity }) => ({
  keys: await accounts.keys.list(identity.user),
}));

const create = route(endpoints.createKey, async ({ services: { accounts }, identity, body }) =>
  Response.json(await accounts.keys.create(identity, body), { status: 201 }),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, list, create);
