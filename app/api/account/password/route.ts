import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const change = route(
  endpoints.changePassword,
  async ({ services: { accounts }, request, identity, body }) => {
    const setCookie = await accounts.changePassword(identity, body, request.headers);
    return Response.json({ changed: true }, { headers: { "Set-Cookie": setCookie } });
  },
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, change);
