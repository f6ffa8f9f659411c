import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const list = route(endpoints.listSessions, async ({ services: { accounts }, identity }) => ({
  sessions: await accounts.sessions.list(identity),
}));

const endOthers = route(endpoints.endOtherSessions, async ({ services: { accounts }, identity }) => ({
  ended: await accounts.sessions.endOthers(identity),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, list, endOthers);
