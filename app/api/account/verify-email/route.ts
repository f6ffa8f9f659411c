import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const prove = route(endpoints.proveEmail, async ({ services: { accounts, identities }, request, body }) => ({
  email: await accounts.addresses.prove(body.token, identities.requesterOf(request.headers)),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, prove);
